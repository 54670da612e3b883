package tv.tldr.activities.asking;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tv.tldr.activities.gemini.Finalist;
import tv.tldr.workflows.scoring.Contribution;
import tv.tldr.workflows.scoring.DimensionScore;
import tv.tldr.workflows.selection.Candidate;
import tv.tldr.workflows.selection.Edge;
import tv.tldr.workflows.selection.Labels;
import tv.tldr.workflows.selection.Rule;
import tv.tldr.workflows.selection.Said;
import tv.tldr.workflows.selection.Verdict;
import tv.tldr.workflows.stream.TimeRange;

/** What is the model told of the moments that it compares? */
class FinalistQuestionTest {
    private static final Candidate SEEN = candidate(90.5, new Said("A goal", "In the last minute."));
    private static final Candidate MEASURED = candidate(30.5, null);

    @Test
    void theyAreNumberedInTheirOrderAndCalledWhatTheModelCalledThem() {
        Path picture = Path.of("finalist-1.jpg");

        List<Finalist> finalists = question(true).finalists(number -> number == 1 ? picture : null);

        assertThat(finalists)
                .containsExactly(
                        new Finalist(1, "A goal", "In the last minute.", Map.of("action", 0.67), picture),
                        new Finalist(2, "clutch_play", "loud; busy; moving", Map.of("action", 0.67), null));
        assertThat(question(true).seconds()).containsExactly(90, 30);
    }

    @Test
    void theSameQuestionHasTheSameKeyAndAnyOtherAnotherOne() {
        assertThat(question(true).key("m")).isEqualTo(question(true).key("m"));
        assertThat(question(true).key("m"))
                .isNotEqualTo(question(true).key("n"))
                .isNotEqualTo(question(false).key("m"))
                .isNotEqualTo(new FinalistQuestion(List.of(SEEN, MEASURED), true, true).key("m"))
                .isNotEqualTo(new FinalistQuestion(List.of(MEASURED, SEEN), true, false).key("m"))
                .isNotEqualTo(new FinalistQuestion(List.of(SEEN, candidate(31.5, null)), true, false).key("m"));
    }

    private static FinalistQuestion question(boolean pictures) {
        return new FinalistQuestion(List.of(SEEN, MEASURED), pictures, false);
    }

    private static Candidate candidate(double peak, @Nullable Said said) {
        return new Candidate(
                0,
                new TimeRange(peak - 10, peak + 10),
                peak,
                0.8,
                "clutch_play",
                Map.of("action", score(2 / 3.0, 1), "unseen", score(0.5, 0)),
                List.of(reason("loud"), reason("busy"), reason("moving"), reason("bright")),
                Edge.CUT,
                Edge.CUT,
                new Verdict(Rule.SELECTED, 0, "Confidence 0.800 reaches the threshold."),
                Labels.NONE,
                said,
                null,
                List.of(),
                Map.of(),
                null);
    }

    private static DimensionScore score(double score, double confidence) {
        return new DimensionScore(score, confidence, Map.of(), score, null, 0, null, List.of());
    }

    private static Contribution reason(String text) {
        return new Contribution("onsets.5s", 1, 1, 1, text);
    }
}
