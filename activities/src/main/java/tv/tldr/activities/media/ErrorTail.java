package tv.tldr.activities.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The last different lines of a child's standard error; a storm of one message becomes one line with a count. */
final class ErrorTail implements Ffmpeg.OutputReader<String> {
    private static final int MOST_LINES = 12;
    private static final int LONGEST_LINE = 400;

    private final Map<String, Integer> lines = new LinkedHashMap<>();

    @Override
    public String read(InputStream stderr) throws IOException {
        LineReader reader = new LineReader(stderr, StandardCharsets.UTF_8, LONGEST_LINE);
        for (String line = reader.next(); line != null; line = reader.next()) {
            if (!line.isBlank()) {
                count(line.strip());
            }
        }
        return lines.entrySet().stream()
                .map(line -> line.getValue() == 1 ? line.getKey() : line.getKey() + " (×" + line.getValue() + ")")
                .collect(Collectors.joining("\n"));
    }

    private void count(String line) {
        Integer before = lines.remove(line);
        lines.put(line, before == null ? 1 : before + 1);
        if (lines.size() > MOST_LINES) {
            lines.remove(lines.keySet().iterator().next());
        }
    }
}
