package tv.tldr.workflows.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static tv.tldr.workflows.selection.Moments.at;
import static tv.tldr.workflows.selection.Moments.onlyKept;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.scoring.Contribution;
import tv.tldr.workflows.scoring.DimensionSet.ClipLength;
import tv.tldr.workflows.scoring.Fusion;
import tv.tldr.workflows.scoring.ModelScores;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.scoring.Strategy;
import tv.tldr.workflows.signal.MadeSignals;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.transcript.Transcript;
import tv.tldr.workflows.transcript.TranscriptLine;
import tv.tldr.workflows.transcript.TranscriptSource;

/** What becomes of a moment that somebody asks for by voice? Made streams that are loud here and there. */
class CallsTest {
    private static final double LOUD = 8;
    private static final TranscriptLine OTHER = line(290, 292, "what was that");

    @Test
    void aCallWhereNothingStandsOutIsAClipOfItsOwnWithItsReason() {
        Selection selection = select(quiet(), List.of(), OTHER, line(300, 302, "Clip that!"));

        Candidate called = onlyKept(selection);
        assertThat(called.type()).isEqualTo("wake_word");
        assertThat(called.confidence()).isEqualTo(1);
        assertThat(called.range().start()).as("people call after the moment").isBetween(270.0, 285.0);
        assertThat(called.range().end()).isBetween(305.0, 315.0);
        assertThat(called.reasons().getFirst().text())
                .startsWith("wake word “clip that” heard at 0:05:00, likeness 1.00 (exact) (+");
        assertThat(called.labels().tags()).containsExactly("wake_word");
        assertThat(called.transcript()).extracting(TranscriptLine::text).containsExactly("what was that", "Clip that!");
        assertThat(called.verdict().explanation()).contains("reaches the threshold 0.800");
    }

    @Test
    void whatWasHeardBadlyIsAsSureAsItIsLikeTheWakeWordAndTellsHow() {
        Candidate sure = onlyKept(select(quiet(), List.of(), line(300, 302, "clip than")));
        Candidate doubtful = select(quiet(), List.of(), line(300, 302, "clip dat")).candidates().stream()
                .filter(one -> one.type().equals("wake_word"))
                .findFirst()
                .orElseThrow();

        assertThat(sure.confidence()).isCloseTo(0.875, within(1e-9));
        assertThat(sure.reasons().getFirst().text()).contains("likeness 0.88 (fuzzy: “clip than”)");
        assertThat(doubtful.reasons().getFirst().text()).contains("(phonetic: “clip dat”)");
        assertThat(doubtful.confidence())
                .isEqualTo(doubtful.reasons().getFirst().value());
        assertThat(doubtful.verdict().rule()).isEqualTo(Rule.BELOW_THRESHOLD);
    }

    @Test
    void aCallForAPassageThatStandsOutLiftsItAndMakesNoSecondClip() {
        MadeSignals made = quiet().more(SignalKind.LOUDNESS, 100, 110, LOUD).more(SignalKind.LOUDNESS, 400, 410, 4);

        Selection before = select(made, List.of());
        Selection selection = select(made, List.of(), line(418, 419, "clip that"));

        assertThat(selection.candidates()).hasSameSizeAs(before.candidates());
        Candidate lifted = at(selection, 400, 410);
        assertThat(at(before, 400, 410).confidence()).isLessThan(1);
        assertThat(lifted.confidence()).isEqualTo(1);
        assertThat(lifted.type()).as("as it was measured").isEqualTo("loud");
        assertThat(lifted.labels().tags()).containsExactly("wake_word");
        assertThat(lifted.labels().metadata()).containsEntry("wake_word", "clip that");
        assertThat(lifted.range().contains(418)).as("reaches to the call").isTrue();
        assertThat(lifted.reasons().getFirst().feature()).isEqualTo("wake_word");
        assertThat(at(selection, 100, 110)).isEqualTo(at(before, 100, 110));
    }

    @Test
    void oneMomentThatIsCalledForAgainAndAgainIsOneClip() {
        Candidate called = onlyKept(select(
                quiet(),
                List.of(),
                line(300, 301, "clip dat"),
                line(302, 303, "clip that"),
                line(304, 305, "clip that")));

        assertThat(called.confidence()).isEqualTo(1);
        assertThat(called.reasons())
                .filteredOn(reason -> reason.feature().equals("wake_word"))
                .singleElement()
                .extracting(Contribution::text)
                .asString()
                .contains("heard at 0:05:02, the surest of 3 calls");
    }

    @Test
    void whatIsCalledForIsWantedWhateverTheTypesAre() {
        MadeSignals made = quiet().more(SignalKind.LOUDNESS, 100, 110, LOUD);

        Selection selection =
                select(made, List.of("highlight"), line(112, 113, "clip that"), line(300, 301, "clip that"));

        assertThat(selection.kept()).extracting(Candidate::type).containsExactly("wake_word", "wake_word");
    }

    @Test
    void aCallAfterALongPassageIsForItThoughTheClipCannotReachTheCall() {
        MadeSignals made = quiet().more(SignalKind.LOUDNESS, 100, 170, LOUD);

        Selection selection = select(made, List.of(), line(160, 161, "clip that"));

        Candidate lifted = onlyKept(selection);
        assertThat(lifted.type()).isEqualTo("loud");
        assertThat(lifted.reasons().getFirst().text()).contains("heard at 0:02:40");
    }

    @Test
    void theClipKeepsToItsLimitsAndHoldsTheCall() {
        StreamOptions shorter = options(1, 12, 5, List.of());

        Candidate called = HighlightSelection.select(
                        quiet().signals(),
                        600,
                        Streams.loudness(new ClipLength(5, 12), 0),
                        shorter,
                        ModelScores.NONE,
                        new Transcript(List.of(line(300, 301, "clip that"))),
                        List.of())
                .kept()
                .getFirst();

        assertThat(called.range().duration()).isCloseTo(12, within(1e-9));
        assertThat(called.range().contains(300)).isTrue();
        assertThat(called.range().start()).as("most of it is before the call").isLessThan(293);
    }

    @Test
    void withoutACallSelectionIsAsItIsWithoutWakeWordsButKnowsWhatIsSaid() {
        MadeSignals made = quiet().more(SignalKind.LOUDNESS, 285, 295, LOUD);

        Selection selection = select(made, List.of(), OTHER);

        Candidate kept = onlyKept(selection);
        assertThat(kept.transcript()).containsExactly(OTHER);
        assertThat(kept.labels()).isEqualTo(Labels.NONE);
        assertThat(kept.range()).isEqualTo(onlyKept(select(made, List.of())).range());
    }

    private static MadeSignals quiet() {
        return MadeSignals.flat(600);
    }

    private static TranscriptLine line(double start, double end, String text) {
        return new TranscriptLine(new TimeRange(start, end), text, TranscriptSource.MODEL);
    }

    private static Selection select(MadeSignals made, List<String> types, TranscriptLine... lines) {
        return HighlightSelection.select(
                made.signals(),
                600,
                Streams.loudness(new ClipLength(15, 60), 0),
                options(15, 60, 5, types),
                ModelScores.NONE,
                new Transcript(new ArrayList<>(Arrays.asList(lines))),
                List.of());
    }

    private static StreamOptions options(double shortest, double longest, double merge, List<String> types) {
        return new StreamOptions(
                0.8,
                shortest,
                longest,
                merge,
                2,
                3,
                null,
                "made",
                Strategy.RULE_BASED,
                null,
                Fusion.DEFAULT,
                types,
                List.of("clip that"),
                false,
                ProcessingModules.ALL);
    }
}
