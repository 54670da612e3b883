package tv.tldr.api.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What does a person read at the end? One line a highlight; or why there is none and what came nearest. */
final class HighlightTable {
    private static final int NEAREST = 3;
    private static final List<String> HEADINGS =
            List.of("#", "START – END", "PEAK", "CONFIDENCE", "TYPE", "FILE", "WHY");

    private HighlightTable() {}

    /**
     * @param from the folder that file names are told relative to
     * @param width columns that a line may have; 0: any number
     */
    static List<String> lines(AnalysisResult result, Path from, int width) {
        return result.highlights().isEmpty() ? empty(result, width) : table(result, from, width);
    }

    private static List<String> table(AnalysisResult result, Path from, int width) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        for (SavedHighlight saved : result.highlights()) {
            rows.add(List.of(
                    String.valueOf(saved.rank()),
                    TimeText.precise(saved.start()) + " – " + TimeText.precise(saved.end()),
                    TimeText.clock(saved.peak()),
                    String.format(Locale.ROOT, "%.2f", saved.confidence()),
                    saved.type(),
                    saved.clip() == null ? "" : relative(saved.clip(), from),
                    saved.mainReasons()));
        }
        return Columns.aligned(rows).stream().map(line -> cut(line, width)).toList();
    }

    private static List<String> empty(AnalysisResult result, int width) {
        List<String> lines = new ArrayList<>();
        lines.add("No highlights. " + result.stream().path("empty_reason").asString(""));
        result.rejected().stream()
                .sorted(Comparator.comparingDouble(candidate -> -confidence(candidate)))
                .limit(NEAREST)
                .map(candidate -> String.format(
                        Locale.ROOT,
                        "  nearest: %s – %s, confidence %.2f: %s",
                        TimeText.precise(candidate.path("start_time").asDouble(0)),
                        TimeText.precise(candidate.path("end_time").asDouble(0)),
                        confidence(candidate),
                        candidate
                                .path("explanation")
                                .asString(candidate.path("rule").asString(""))))
                .map(line -> cut(line, width))
                .forEach(lines::add);
        return lines;
    }

    private static double confidence(JsonNode candidate) {
        return candidate.path("confidence_score").asDouble(0);
    }

    private static String relative(Path file, Path from) {
        return file.startsWith(from) ? from.relativize(file).toString() : file.toString();
    }

    private static String cut(String line, int width) {
        return width > 0 && line.length() > width ? line.substring(0, width - 1) + "…" : line;
    }
}
