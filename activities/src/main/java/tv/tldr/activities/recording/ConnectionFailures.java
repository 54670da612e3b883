package tv.tldr.activities.recording;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import io.temporal.failure.ApplicationFailure;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import tv.tldr.activities.egress.ForbiddenAddressException;
import tv.tldr.activities.egress.PublicUrl;
import tv.tldr.activities.egress.TlsFault;

/** Why did a server not answer? Never repeats what the network said: that may name inner addresses. */
final class ConnectionFailures {
    private ConnectionFailures() {}

    static ApplicationFailure explain(Throwable thrown, PublicUrl url) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case ForbiddenAddressException forbidden -> {
                    return SourceFailure.forbidden(String.valueOf(forbidden.getMessage()));
                }
                case UnknownHostException unknown -> {
                    return SourceFailure.unreachableNow("the name of " + url + " is not known; check its spelling");
                }
                case SSLException tls -> {
                    return insecure(TlsFault.of(tls), url);
                }
                case ConnectTimeoutException timeout -> {
                    return SourceFailure.unreachableNow(url + " does not take connections (timed out); is it running?");
                }
                case ReadTimeoutException timeout -> {
                    return SourceFailure.unreachableNow(url + " took the request and did not answer in time");
                }
                case ConnectException refused -> {
                    return SourceFailure.unreachableNow(url + " refuses connections; is it running?");
                }
                default -> {}
            }
        }
        return SourceFailure.unreachableNow(url + " closed the connection without an answer");
    }

    private static ApplicationFailure insecure(TlsFault fault, PublicUrl url) {
        return switch (fault) {
            case CERTIFICATE ->
                SourceFailure.unreachable(url + " has no valid certificate; renew it, or send another URL");
            case NOT_SPOKEN ->
                SourceFailure.unreachable(url + " does not speak TLS; send its http:// URL, or another port");
            case STALLED ->
                SourceFailure.unreachableNow(url + " took the connection and did not finish the TLS handshake in time");
            case NOT_AGREED ->
                SourceFailure.unreachableNow(url + " broke off the TLS handshake; does it have TLS 1.2 or later?");
        };
    }
}
