package tv.tldr.api.streams;

import java.net.Inet6Address;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Is a text an http(s) URL that every parser behind us reads in the same way? What two parsers could read differently is
 * refused here; where it leads is judged when it is dialled.
 */
final class SourceUrl {
    static final int LONGEST = 2048;

    private static final Pattern PRINTABLE_ASCII = Pattern.compile("[!-~]+");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NUMERIC = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:]+");
    private static final int LONGEST_HOST = 253;

    private SourceUrl() {}

    /**
     * The URL behind {@code text}.
     *
     * @throws IllegalArgumentException with a sentence for the client
     */
    static URI parse(String text) {
        require(text.length() <= LONGEST, "must not be longer than " + LONGEST + " characters");
        require(
                PRINTABLE_ASCII.matcher(text).matches() && text.indexOf('\\') < 0,
                "must be printable ASCII without spaces or backslashes; percent-encode the path, punycode the host");
        URI uri = uri(text);
        require(uri.getRawUserInfo() == null, "must not carry a user name or password");
        require(uri.getRawFragment() == null, "must not carry a fragment (#…)");
        String host = uri.getHost();
        require(host != null, "must name a host");
        checkHost(host.toLowerCase(Locale.ROOT));
        int port = uri.getPort();
        require(port == -1 || (port >= 1 && port <= 65535), "must name a port from 1 to 65535");
        String authority = port == -1 ? host : host + ":" + port;
        require(authority.equals(uri.getRawAuthority()), "must write its host and port in the usual way");
        return uri;
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is not a valid URL: " + e.getReason(), e);
        }
    }

    private static void checkHost(String host) {
        if (host.startsWith("[")) {
            checkIpv6(host.substring(1, host.length() - 1));
            return;
        }
        List<String> labels = Arrays.asList(host.split("\\.", -1));
        if (NUMERIC.matcher(labels.getLast()).matches()) {
            require(
                    labels.size() == 4 && labels.stream().allMatch(SourceUrl::isOctet),
                    "must write an IPv4 address as four decimal numbers without leading zeros");
            return;
        }
        require(
                host.length() <= LONGEST_HOST
                        && labels.stream()
                                .allMatch(label -> LABEL.matcher(label).matches()),
                "must name a host of letters, digits and hyphens, without a dot at the end");
    }

    private static boolean isOctet(String label) {
        return OCTET.matcher(label).matches() && Integer.parseInt(label) <= 255;
    }

    /** Hexadecimal groups only: a zone or an embedded IPv4 address is read differently by different parsers. */
    private static void checkIpv6(String literal) {
        require(IPV6.matcher(literal).matches(), "must write an IPv6 address in hexadecimal groups only");
        try {
            Inet6Address.ofLiteral(literal);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must write a valid IPv6 address", e);
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
