package tv.tldr.api.highlights;

import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpRange;
import tv.tldr.api.http.UnsatisfiableRange;

/**
 * Which bytes of a file are asked for?
 *
 * @param first from 0
 * @param length at least 1
 */
record ByteRange(long first, long length) {
    /**
     * What a {@code Range} header asks of a file of {@code size} bytes; empty when it asks for all of it. A header that is
     * malformed or names several ranges is passed over, as HTTP allows.
     *
     * @throws UnsatisfiableRange when the file does not have it
     */
    static Optional<ByteRange> parse(String header, long size) {
        List<HttpRange> ranges;
        try {
            ranges = HttpRange.parseRanges(header);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (ranges.size() != 1) {
            return Optional.empty();
        }
        long first = ranges.getFirst().getRangeStart(size);
        long last = ranges.getFirst().getRangeEnd(size);
        if (first >= size || last < first) {
            throw new UnsatisfiableRange(size);
        }
        return Optional.of(new ByteRange(first, last - first + 1));
    }

    /** The value of {@code Content-Range}. */
    String of(long size) {
        return "bytes " + first + "-" + (first + length - 1) + "/" + size;
    }
}
