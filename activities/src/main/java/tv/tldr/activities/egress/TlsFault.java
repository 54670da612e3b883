package tv.tldr.activities.egress;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What kept a secure connection from being made? */
public enum TlsFault {
    /** The server's certificate is not trusted, or for another host. */
    CERTIFICATE,
    /** What answers there does not speak TLS. */
    NOT_SPOKEN,
    /** The server took the connection and did not say enough in time. */
    STALLED,
    /** Server and client have no version in common, or the server broke off. */
    NOT_AGREED;

    /** Which of them. */
    public static TlsFault of(SSLException thrown) {
        return Stream.iterate((Throwable) thrown, Objects::nonNull, Throwable::getCause)
                .map(TlsFault::ofOne)
                .filter(fault -> fault != NOT_AGREED)
                .findFirst()
                .orElse(NOT_AGREED);
    }

    private static TlsFault ofOne(Throwable cause) {
        return switch (cause) {
            case CertificateException untrusted -> CERTIFICATE;
            case CertPathValidatorException untrusted -> CERTIFICATE;
            case SSLPeerUnverifiedException untrusted -> CERTIFICATE;
            case NotSslRecordException plain -> NOT_SPOKEN;
            case SslHandshakeTimeoutException late -> STALLED;
            default -> NOT_AGREED;
        };
    }
}
