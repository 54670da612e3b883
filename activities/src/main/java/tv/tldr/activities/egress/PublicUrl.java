package tv.tldr.activities.egress;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An http(s) URL that every parser reads the same way. Refused is all that programs are known to disagree about: user
 * names, fragments, numbers as hosts, dots at the end, characters that need escaping.
 *
 * @param uri absolute, without user and fragment
 */
public record PublicUrl(URI uri) {
    private static final int LONGEST = 2048;
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
    /** The last two groups may be written as an IPv4 address, without zeros before its numbers: some read those as octal. */
    private static final Pattern IPV6 =
            Pattern.compile("\\[[0-9a-f:]+(:(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3})?]");

    private static final Pattern NUMBER_LAST = Pattern.compile("(.*\\.)?(0x[0-9a-f]*|[0-9]+)");

    /** @throws ForbiddenAddressException with what is wrong, never with the URL itself */
    public static PublicUrl parse(String text) {
        if (text.length() > LONGEST) {
            throw new ForbiddenAddressException("it is longer than " + LONGEST + " characters");
        }
        try {
            return of(new URI(text));
        } catch (URISyntaxException e) {
            throw new ForbiddenAddressException("it is not a well-formed URL (" + e.getReason() + ")");
        }
    }

    /** Where a redirect of this URL leads; a fragment in it is for readers and is left out. */
    public PublicUrl resolve(String location) {
        try {
            return of(uri.resolve(new URI(location.replaceFirst("#.*", ""))));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new ForbiddenAddressException("it redirects to something that is not a URL");
        }
    }

    private static PublicUrl of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!Set.of("http", "https").contains(scheme)) {
            throw new ForbiddenAddressException("only http:// and https:// URLs are taken");
        }
        if (uri.getRawUserInfo() != null) {
            throw new ForbiddenAddressException(
                    "user names and passwords in URLs are not taken; use a signed URL instead");
        }
        if (uri.getRawFragment() != null) {
            throw new ForbiddenAddressException("a fragment (#…) is never sent");
        }
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        if (!isCanonical(host)) {
            throw new ForbiddenAddressException("its host is not an ordinary name or address");
        }
        return new PublicUrl(uri);
    }

    private static boolean isCanonical(String host) {
        if (host.startsWith("[")) {
            return IPV6.matcher(host).matches()
                    && address(host.substring(1, host.length() - 1)).isPresent();
        }
        return NUMBER_LAST.matcher(host).matches()
                ? address(host)
                        .map(InetAddress::getHostAddress)
                        .filter(host::equals)
                        .isPresent()
                : NAME.matcher(host).matches();
    }

    /** The host when it is an address; empty when it is a name, which only whoever dials it can judge. */
    public Optional<InetAddress> address() {
        String host = uri.getHost();
        return address(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    }

    private static Optional<InetAddress> address(String literal) {
        try {
            return Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException name) {
            return Optional.empty();
        }
    }

    public int port() {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    /** What may be told to anybody: scheme and host, since paths and queries carry secrets. */
    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + "/…";
    }
}
