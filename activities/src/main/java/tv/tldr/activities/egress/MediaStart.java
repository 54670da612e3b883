package tv.tldr.activities.egress;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * Do these bytes begin as pieces of picture and sound do? None that does can be read as a playlist, which begins with a
 * {@code #} or a {@code <}.
 *
 * @param bytes the first of a body
 */
@SuppressWarnings("ArrayRecordComponent") // read at once, and never compared
record MediaStart(byte[] bytes) {
    /** So many are needed to tell. */
    static final int ENOUGH = 12;

    private static final int TAG_HEAD = 10;
    /** What ISO-BMFF pieces begin with. */
    private static final Set<String> BOXES =
            Set.of("ftyp", "styp", "moov", "moof", "sidx", "mdat", "free", "skip", "emsg", "prft");

    private static final int EBML = 0x1A45DFA3;
    private static final int CLUSTER = 0x1F43B675;

    boolean isMedia() {
        return at(0) == 0x47
                || isBox()
                || word() == EBML
                || word() == CLUSTER
                || begins("WEBVTT")
                || begins("\u00ef\u00bb\u00bfWEBVTT")
                || isSound();
    }

    private boolean isBox() {
        return bytes.length >= 8 && BOXES.contains(new String(bytes, 4, 4, StandardCharsets.ISO_8859_1));
    }

    /** AC-3, AAC in ADTS or MP3, without a container. */
    boolean isSound() {
        boolean isAc3 = at(0) == 0x0B && at(1) == 0x77;
        boolean isAdts = at(0) == 0xFF && (at(1) & 0xF6) == 0xF0;
        boolean isMp3 = at(0) == 0xFF && (at(1) & 0xE6) == 0xE2;
        return isAc3 || isAdts || isMp3;
    }

    /** Whether an ID3 tag comes first. */
    boolean isTagged() {
        return begins("ID3");
    }

    /** Where its ID3 tag ends; far away when that has not come. */
    int tagEnd() {
        if (bytes.length < TAG_HEAD) {
            return TAG_HEAD;
        }
        int length = 0;
        for (int i = 6; i < TAG_HEAD; i++) {
            length = (length << 7) | (at(i) & 0x7F);
        }
        boolean hasFooter = (at(5) & 0x10) != 0;
        return TAG_HEAD + length + (hasFooter ? TAG_HEAD : 0);
    }

    byte[] behindTag() {
        return tagEnd() >= bytes.length ? new byte[0] : Arrays.copyOfRange(bytes, tagEnd(), bytes.length);
    }

    /** Where white space and a byte order mark end. */
    int firstVisible() {
        int at = begins("\u00ef\u00bb\u00bf") ? 3 : 0;
        while (at < bytes.length && isWhite(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isWhite(byte value) {
        return value == ' ' || (value >= '\t' && value <= '\r');
    }

    /** @param text one character each byte */
    boolean begins(String text) {
        byte[] start = text.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    private int word() {
        return (at(0) << 24) | (at(1) << 16) | (at(2) << 8) | at(3);
    }

    private int at(int index) {
        return index < bytes.length ? bytes[index] & 0xFF : 0;
    }
}
