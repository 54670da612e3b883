package tv.tldr.activities.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Standard output as text, with the progress blocks in it read as they come. */
final class TextOutput implements Ffmpeg.OutputReader<String> {
    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> block = new HashMap<>();
    private volatile FfmpegProgress progress = FfmpegProgress.NONE;

    FfmpegProgress progress() {
        return progress;
    }

    @Override
    public String read(InputStream stdout) throws IOException {
        LineReader reader = new LineReader(stdout, StandardCharsets.UTF_8, FfmpegOutput.MOST_CHARACTERS);
        for (String line = reader.next(); line != null; line = reader.next()) {
            if (text.length() + line.length() < FfmpegOutput.MOST_CHARACTERS) {
                text.append(line).append('\n');
            }
            int equals = line.indexOf('=');
            if (equals > 0 && equals < 40) {
                note(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return text.toString();
    }

    private void note(String key, String value) {
        if (key.equals("progress")) {
            progress = FfmpegProgress.of(block);
            block.clear();
        } else if (block.size() < 100) {
            block.put(key, value);
        }
    }
}
