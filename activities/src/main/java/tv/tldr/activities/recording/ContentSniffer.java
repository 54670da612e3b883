package tv.tldr.activities.recording;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What are these first bytes obviously, if they are no media? Spares a download and gives better words than FFmpeg's. */
public final class ContentSniffer {
    /** Enough of a content to tell. */
    public static final int ENOUGH = 512;

    /** @param start the first bytes, one character each */
    private record Magic(String start, String name) {}

    private static final List<Magic> NOT_MEDIA = List.of(
            new Magic("\u0089PNG", "a PNG picture"),
            new Magic("\u00ff\u00d8\u00ff", "a JPEG picture"),
            new Magic("GIF8", "a GIF picture"),
            new Magic("%PDF", "a PDF document"),
            new Magic("PK\u0003\u0004", "a ZIP archive: unpack it first"),
            new Magic("#EXTM3U", "an HLS playlist, not the video itself: send the URL of a video file"),
            new Magic("ffconcat", "a playlist, not the video itself"));

    private ContentSniffer() {}

    /** What the content is, to follow on "it is "; empty when it may be media. */
    public static Optional<String> notMedia(byte[] head) {
        String bytes = new String(head, StandardCharsets.ISO_8859_1);
        Optional<String> known = NOT_MEDIA.stream()
                .filter(magic -> bytes.startsWith(magic.start()))
                .map(Magic::name)
                .findFirst();
        if (known.isPresent() || head.length == 0 || !isText(head)) {
            return known;
        }
        String text = new String(head, StandardCharsets.UTF_8).strip().toLowerCase(Locale.ROOT);
        boolean html = text.startsWith("<!doctype") || text.startsWith("<html") || text.startsWith("<head");
        return Optional.of(html ? "a web page, not the video itself: send the URL of the video file" : "a text file");
    }

    /** No container of media goes far without a byte that text does not have. */
    private static boolean isText(byte[] head) {
        for (byte value : head) {
            if (value >= 0 && value < 32 && value != '\n' && value != '\r' && value != '\t' && value != '\f') {
                return false;
            }
        }
        return new String(head, 0, Math.max(0, head.length - 4), StandardCharsets.UTF_8).indexOf('\ufffd') < 0;
    }
}
