package tv.tldr.activities.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** What of an answer is kept? Its beginning, as text that the database can hold. */
final class Excerpt {
    /** Bytes. */
    static final int LONGEST = 64 << 10;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    /** Whether it is full, so that nothing more needs to be read. */
    boolean add(byte[] part) {
        kept.write(part, 0, Math.min(part.length, LONGEST - kept.size()));
        return kept.size() == LONGEST;
    }

    String text() {
        return kept.toString(UTF_8).replace('\0', '\uFFFD');
    }
}
