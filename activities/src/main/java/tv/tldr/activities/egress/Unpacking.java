package tv.tldr.activities.egress;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import tv.tldr.activities.egress.Refusal.Reason;

/**
 * What is in a body that comes compressed, though it was asked for as it is? Some servers do that to playlists, keys and
 * subtitles. All of it is looked at at once, and is no larger than a playlist may be, however small it came.
 */
final class Unpacking {
    private static final Set<String> GZIP = Set.of("gzip", "x-gzip");

    private final PublicUrl url;
    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();

    /** @param url where it comes from */
    Unpacking(PublicUrl url) {
        this.url = url;
    }

    /**
     * Whether a body has to be unpacked to be seen.
     *
     * @param encoding as its server names it; none: it comes as it is
     * @throws RefusedException when it comes in a way that is not known here
     */
    static boolean isNeeded(String encoding, PublicUrl url) {
        String name = encoding.strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty() || "identity".equals(name)) {
            return false;
        }
        if (!GZIP.contains(name)) {
            throw new RefusedException(
                    Reason.NOT_MEDIA, url + " sends it compressed, though it was asked not to, and not by gzip");
        }
        return true;
    }

    void add(byte[] block) {
        if (packed.size() + block.length > Opening.MOST_OF_A_PLAYLIST) {
            throw tooLarge();
        }
        packed.writeBytes(block);
    }

    /** All that was taken, as it was before it was compressed. */
    byte[] whole() {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.toByteArray()))) {
            byte[] whole = in.readNBytes(Opening.MOST_OF_A_PLAYLIST + 1);
            if (whole.length > Opening.MOST_OF_A_PLAYLIST) {
                throw tooLarge();
            }
            return whole;
        } catch (IOException e) {
            throw new RefusedException(Reason.NOT_MEDIA, "what is at " + url + " is said to be compressed and is not");
        }
    }

    private RefusedException tooLarge() {
        return new RefusedException(
                Reason.NOT_MEDIA,
                url + " sends more than 8 MB compressed, though it was asked not to; let it send pieces as they are");
    }
}
