package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class HighlightTableTest {
    private static final Path HERE = Path.of("/home/me");

    @Test
    void hasALineForEachHighlightWithTimesConfidenceTypeFileAndReason() {
        assertThat(HighlightTable.lines(twoHighlights(), HERE, 0))
                .containsExactly(
                        "#  START – END            PEAK     CONFIDENCE  TYPE         FILE                 WHY",
                        "1  2:33.3 – 2:53.7        2:40     0.97        clutch_play  out/01_at_2m33s.mp4  onsets far above usual; loud",
                        "2  1:02:03.0 – 1:02:18.0  1:02:10  0.80        highlight    /tmp/02.mp4");
    }

    @Test
    void cutsLinesThatATerminalCannotShow() {
        List<String> lines = HighlightTable.lines(twoHighlights(), HERE, 60);

        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60));
        assertThat(lines.get(1)).endsWith("…");
    }

    @Test
    void explainsAnEmptyResultWithTheNearestMisses() {
        AnalysisResult nothing = new AnalysisResult(
                Json.of("{'empty_reason': 'The best moment reached 0.71 of 0.80.'}"),
                List.of(),
                List.of(
                        Json.of("{'start_time': 5, 'end_time': 20, 'confidence_score': 0.3, 'explanation': 'far'}"),
                        Json.of(
                                "{'start_time': 65, 'end_time': 80, 'confidence_score': 0.71, 'explanation': 'near'}")));

        assertThat(HighlightTable.lines(nothing, HERE, 0))
                .containsExactly(
                        "No highlights. The best moment reached 0.71 of 0.80.",
                        "  nearest: 1:05.0 – 1:20.0, confidence 0.71: near",
                        "  nearest: 0:05.0 – 0:20.0, confidence 0.30: far");
    }

    private static AnalysisResult twoHighlights() {
        SavedHighlight first = new SavedHighlight(1, Json.of("""
                        {'start_time': 153.31, 'end_time': 173.74, 'peak_time': 160.5, 'confidence_score': 0.971,
                         'type': 'clutch_play', 'reasons': ['onsets far above usual', 'loud']}"""), Path.of("/home/me/out/01_at_2m33s.mp4"), null);
        SavedHighlight second = new SavedHighlight(2, Json.of("""
                        {'start_time': 3723, 'end_time': 3738, 'peak_time': 3730, 'confidence_score': 0.8,
                         'type': 'highlight', 'reasons': []}"""), Path.of("/tmp/02.mp4"), null);
        return new AnalysisResult(Json.of("{}"), List.of(first, second), List.of());
    }
}
