package tv.tldr.activities.egress;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * How does a URL look to a program that is given plain HTTP alone? {@code https://host/} is shown as
 * {@code http://host.tls.invalid:443/}, since no name ends with {@code .invalid} (RFC 2606); whoever fetches takes it back.
 */
final class ShownUrl {
    private static final String TLS = ".tls.invalid";

    private ShownUrl() {}

    /** @throws ForbiddenAddressException when it cannot be shown */
    static String of(PublicUrl url) {
        String host = url.uri().getHost().toLowerCase(Locale.ROOT);
        if (host.endsWith(TLS)) {
            throw new ForbiddenAddressException("its host is not an ordinary name or address");
        }
        boolean isPlain = "http".equalsIgnoreCase(url.uri().getScheme());
        if (!isPlain && host.startsWith("[")) {
            throw new ForbiddenAddressException("an https:// URL of a playlist needs a name, not an IPv6 address");
        }
        // With its port, always: a program would add that of plain HTTP.
        String shown = "http://" + host + (isPlain ? "" : TLS) + ":" + url.port() + rest(url.uri());
        return URI.create(shown).toASCIIString();
    }

    /**
     * What was meant.
     *
     * @throws ForbiddenAddressException when it is none that is fetched
     */
    static PublicUrl real(String shown) {
        URI uri = read(shown);
        if (uri.getHost() == null || uri.getRawUserInfo() != null || !"http".equalsIgnoreCase(uri.getScheme())) {
            PublicUrl.parse(shown);
            throw new ForbiddenAddressException("only http:// and https:// URLs are taken");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        boolean isTls = host.endsWith(TLS);
        int usual = isTls ? 443 : 80;
        String name = isTls ? host.substring(0, host.length() - TLS.length()) : host;
        String port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
        String fragment = uri.getRawFragment() == null ? "" : "#" + uri.getRawFragment();
        return PublicUrl.parse((isTls ? "https://" : "http://") + name + port + rest(uri) + fragment);
    }

    private static URI read(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new ForbiddenAddressException("it is not a well-formed URL (" + e.getReason() + ")");
        }
    }

    private static String rest(URI uri) {
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }
}
