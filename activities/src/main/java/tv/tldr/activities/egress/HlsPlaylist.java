package tv.tldr.activities.egress;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What does an HLS playlist name, and how is it shown to FFmpeg? Lines and attributes are divided as FFmpeg divides them;
 * what it could read otherwise than we do is refused.
 */
final class HlsPlaylist {
    /** With what it begins, exactly. */
    static final String START = "#EXTM3U";

    /** FFmpeg reads 4095 bytes of a line, and takes what follows for nothing. */
    private static final int LONGEST_LINE = 4000;

    private static final Pattern LINE_ENDS = Pattern.compile("\r\n|\r|\n");
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f]");
    private static final Pattern TAG = Pattern.compile("(#[A-Z0-9-]+:)(.*)");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("\\G([ ,]*+)([A-Za-z0-9_-]++)=(?:\"([^\"]*+)\"|([^\", ]*+))(?=[ ,]|$)");
    private static final Pattern SEPARATORS = Pattern.compile("[ ,]*");

    private HlsPlaylist() {}

    /**
     * The same playlist with all that it names as {@link PlaylistUri} shows it, and without comments.
     *
     * @param playlist where it came from
     * @throws ForbiddenAddressException when it names what may not be named, or cannot be read for certain
     */
    static byte[] shown(byte[] body, PublicUrl playlist) {
        String text = new String(body, StandardCharsets.UTF_8);
        return Stream.of(LINE_ENDS.split(text, -1))
                .map(line -> line(line, playlist))
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String line(String whole, PublicUrl playlist) {
        if (CONTROL.matcher(whole).find()) {
            throw refused("a line with a control character");
        }
        checkLength(whole);
        String line = whole.stripTrailing();
        if (line.isEmpty()) {
            return line;
        }
        String shown = line.startsWith("#") ? tag(line, playlist) : PlaylistUri.shown(line, playlist);
        checkLength(shown);
        return shown;
    }

    private static String tag(String line, PublicUrl playlist) {
        if (!line.startsWith("#EXT")) {
            return "";
        }
        // What stands there is a number and a title, whatever the title is.
        if (line.startsWith("#EXTINF:")) {
            return line;
        }
        if (line.indexOf('\\') >= 0) {
            throw refused("a tag with a backslash");
        }
        if (!line.contains("URI=")) {
            return line;
        }
        Matcher tag = TAG.matcher(line);
        if (!tag.matches()) {
            throw refused("a tag that is not well-formed");
        }
        return tag.group(1) + attributes(tag.group(2), playlist);
    }

    private static String attributes(String text, PublicUrl playlist) {
        StringBuilder shown = new StringBuilder();
        Matcher attribute = ATTRIBUTE.matcher(text);
        int end = 0;
        while (attribute.find()) {
            end = attribute.end();
            String name = attribute.group(2);
            if (name.endsWith("URI")) {
                String value = attribute.group(3) == null ? attribute.group(4) : attribute.group(3);
                shown.append(attribute.group(1)).append(name).append("=\"");
                shown.append(PlaylistUri.shown(value, playlist)).append('"');
            } else {
                shown.append(attribute.group());
            }
        }
        if (!SEPARATORS.matcher(text.substring(end)).matches()) {
            throw refused("attributes that are not well-formed");
        }
        return shown.toString();
    }

    private static void checkLength(String line) {
        if (line.length() > LONGEST_LINE || line.getBytes(StandardCharsets.UTF_8).length > LONGEST_LINE) {
            throw refused("a line of more than " + LONGEST_LINE + " bytes");
        }
    }

    private static ForbiddenAddressException refused(String what) {
        return new ForbiddenAddressException("its HLS playlist has " + what);
    }
}
