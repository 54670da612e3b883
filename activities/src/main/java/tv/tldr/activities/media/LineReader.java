package tv.tldr.activities.media;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Reads lines of bounded length: what a line has beyond that is skipped, so that no output can fill the memory. */
final class LineReader {
    private final Reader reader;
    private final int longest;

    LineReader(InputStream stream, Charset charset, int longest) {
        this.reader = new BufferedReader(new InputStreamReader(stream, charset));
        this.longest = longest;
    }

    /** The next line without its end; null at the end of the stream. */
    @Nullable
    String next() throws IOException {
        StringBuilder line = new StringBuilder();
        int character = reader.read();
        if (character < 0) {
            return null;
        }
        for (; character >= 0 && character != '\n'; character = reader.read()) {
            if (line.length() < longest && character != '\r') {
                line.append((char) character);
            }
        }
        return line.toString();
    }
}
