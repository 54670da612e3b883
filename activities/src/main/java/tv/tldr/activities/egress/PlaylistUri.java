package tv.tldr.activities.egress;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * May a playlist name this, and how is it shown to the program that reads it? Absolute URLs of the web are, as
 * {@link ShownUrl}, and what is relative to the playlist. Nothing that begins with any other scheme is: a program would open
 * that by itself, past its proxy.
 */
final class PlaylistUri {
    /** Whatever a program might take for a scheme, well-formed or not. */
    private static final Pattern SCHEME = Pattern.compile("[^/?#]*?:");

    private static final Pattern ORIGIN = Pattern.compile("(?i)https?://[^/?#]*");
    private static final Pattern WHITE = Pattern.compile("[\\s\\p{Z}\\p{Cntrl}]");
    private static final String PLAIN = "-._~:/?#@!$&'()*+,;=%";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PlaylistUri() {}

    /**
     * The same, to be shown.
     *
     * @param playlist that names it
     * @throws ForbiddenAddressException when it may not be named
     */
    static String shown(String text, PublicUrl playlist) {
        if (WHITE.matcher(text).find()) {
            throw refused("a URL has no white space");
        }
        if (text.startsWith("//")) {
            return absolute(playlist.uri().getScheme().toLowerCase(Locale.ROOT) + ":" + text);
        }
        return SCHEME.matcher(text).lookingAt() ? absolute(text) : escaped(text);
    }

    private static String absolute(String text) {
        Matcher origin = ORIGIN.matcher(text);
        if (!origin.lookingAt()) {
            throw refused("only http:// and https:// URLs are taken");
        }
        try {
            return ShownUrl.of(PublicUrl.parse(origin.group() + escaped(text.substring(origin.end()))));
        } catch (ForbiddenAddressException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private static ForbiddenAddressException refused(String why) {
        return new ForbiddenAddressException("its playlist names something that is not fetched: " + why);
    }

    /** Characters that URLs do not have, as programs write them. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (character < 128 && (Character.isLetterOrDigit(character) || PLAIN.indexOf(character) >= 0)) {
                escaped.append((char) character);
            } else {
                for (byte value : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
                    escaped.append('%').append(HEX.toHexDigits(value));
                }
            }
        });
        return escaped.toString();
    }
}
