package tv.tldr.activities.recording;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Where in an MP4 or MOV file is its description? Many have it behind everything else. A file is a row of boxes, each with
 * its size and four letters for what it is (ISO/IEC 14496-12, 4.2).
 *
 * @param start byte of the file where it begins, or where what it is in begins
 * @param end byte behind it
 */
record MovieBox(long start, long end) {
    private static final Set<String> FIRST = Set.of("ftyp", "moov", "mdat", "free", "skip", "wide");
    private static final int SHORT_HEADER = 8;
    private static final int LONG_HEADER = 16;

    /**
     * Empty when the file is of another kind or makes no sense.
     *
     * @param head what the file begins with
     * @param size bytes of the file
     */
    static Optional<MovieBox> find(byte[] head, long size) {
        ByteBuffer bytes = ByteBuffer.wrap(head);
        long start = 0;
        while (start + LONG_HEADER <= head.length) {
            String name = new String(head, (int) start + 4, 4, StandardCharsets.US_ASCII);
            long length = length(bytes, (int) start, size);
            if (length < SHORT_HEADER || length > size - start || (start == 0 && !FIRST.contains(name))) {
                return Optional.empty();
            }
            if ("moov".equals(name)) {
                return Optional.of(new MovieBox(start, start + length));
            }
            start += length;
        }
        return start == 0 || start >= size ? Optional.empty() : Optional.of(new MovieBox(start, size));
    }

    private static long length(ByteBuffer bytes, int start, long size) {
        long length = Integer.toUnsignedLong(bytes.getInt(start));
        if (length == 1) {
            return bytes.getLong(start + SHORT_HEADER);
        }
        return length == 0 ? size - start : length;
    }
}
