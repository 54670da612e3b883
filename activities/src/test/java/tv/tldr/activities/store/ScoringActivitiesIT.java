package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.failure.ApplicationFailure;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.activity.CatalogActivities.NewHighlight;
import tv.tldr.workflows.activity.CatalogActivities.SaveHighlights;
import tv.tldr.workflows.activity.ScoringActivities.Moment;
import tv.tldr.workflows.activity.ScoringActivities.SelectHighlights;
import tv.tldr.workflows.activity.ScoringActivities.Selected;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.asking.Window;
import tv.tldr.workflows.asking.Window.Why;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.scoring.Criteria;
import tv.tldr.workflows.scoring.Dimension;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.scoring.DimensionSetVersion;
import tv.tldr.workflows.scoring.Fusion;
import tv.tldr.workflows.scoring.HighlightType;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.scoring.RuleModel;
import tv.tldr.workflows.scoring.Strategy;
import tv.tldr.workflows.scoring.Term;
import tv.tldr.workflows.selection.Candidate;
import tv.tldr.workflows.selection.HighlightSelection;
import tv.tldr.workflows.selection.Selection;
import tv.tldr.workflows.signal.Marker;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.transcript.Transcript;
import tv.tldr.workflows.transcript.TranscriptLine;

class ScoringActivitiesIT extends StoreIT {
    private static final int SEGMENTS = 8;
    private static final double DURATION = SEGMENTS * 60 - 0.5;
    private static final StreamOptions ANYTHING = StreamOptions.DEFAULTS.keeping(0, 3);

    private static final StreamOptions CALLED = new StreamOptions(
            0.8,
            15,
            60,
            5,
            2,
            3,
            3,
            "gaming_default",
            Strategy.HYBRID,
            null,
            Fusion.DEFAULT,
            List.of(),
            List.of("clip that"),
            false,
            ProcessingModules.ALL);

    private StreamRef stream;

    @BeforeEach
    void measureAStreamWithTwoOutbursts() {
        stream = stores.submitted(stores.organization());
        for (int segment = SEGMENTS - 1; segment >= 0; segment--) {
            stores.signals.save(stream, segment, "as ever", segment(segment)).block();
        }
    }

    @Test
    void storesEveryCandidateAndAnswersWithTheKeptOnesBestFirst() {
        Selected selected = stores.scoring.selectHighlights(new SelectHighlights(stream, DURATION, ANYTHING, null));

        List<Candidate> ledger = ledger();
        Selection expected = HighlightSelection.select(
                Signals.join((int) Math.ceil(DURATION), all(stores.signals.load(stream))),
                DURATION,
                Preset.GAMING_DEFAULT.dimensionSet(),
                ANYTHING);
        assertThat(ledger).isNotEmpty().isEqualTo(expected.candidates());
        assertThat(selected.moments())
                .isNotEmpty()
                .hasSizeLessThanOrEqualTo(3)
                .isEqualTo(expected.kept().stream()
                        .map(kept ->
                                new Moment(kept.number(), kept.range(), kept.peak(), kept.confidence(), kept.type()))
                        .toList());
        assertThat(selected.rejected())
                .isEqualTo(ledger.size() - selected.moments().size());
        assertThat(selected.emptyReason()).isNull();
    }

    @Test
    void decidesTheSameAgainAndKeepsOneLedger() {
        SelectHighlights command = new SelectHighlights(stream, DURATION, ANYTHING, null);
        Selected first = stores.scoring.selectHighlights(command);
        List<Candidate> ledger = ledger();

        assertThat(stores.scoring.selectHighlights(command)).isEqualTo(first);
        assertThat(ledger()).isEqualTo(ledger);
    }

    @Test
    void aStreamWithoutSignalsHasNoHighlightsAndAReason() {
        StreamRef unmeasured = stores.submitted(stores.organization());

        Selected selected = stores.scoring.selectHighlights(new SelectHighlights(unmeasured, DURATION, ANYTHING, null));

        assertThat(selected.moments()).isEmpty();
        assertThat(selected.emptyReason()).isNotBlank();
    }

    @Test
    void anUnknownDimensionSetIsToldWithTheKnownOnes() {
        StreamOptions options = new StreamOptions(
                0.8,
                15,
                60,
                5,
                2,
                3,
                null,
                "gaming",
                Strategy.RULE_BASED,
                null,
                Fusion.DEFAULT,
                List.of(),
                List.of(),
                false,
                ProcessingModules.ALL);

        assertThatThrownBy(() -> stores.scoring.selectHighlights(new SelectHighlights(stream, DURATION, options, null)))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> assertThat(failure.isNonRetryable())
                        .isTrue())
                .hasMessageContaining("\"gaming\"")
                .hasMessageContaining("gaming_default");
    }

    @Test
    void scoresWithWhatTheStreamWasSubmittedWithWhateverTheOptionsSay() {
        StreamRef own = measured(DimensionSetChain.of(new DimensionSetVersion(7, set("dset_mine", 1, null))));

        Selected selected = stores.scoring.selectHighlights(new SelectHighlights(own, DURATION, ANYTHING, null));

        assertThat(selected.moments()).isNotEmpty().allMatch(moment -> moment.type()
                .equals("loud_one"));
        assertThat(stores.row(own).scoredWith()).isEqualTo("dset_mine");
        assertThat(stores.row(own).dimensionSet()).isNotNull();
    }

    @Test
    void whatTheTypeWritesComesToTheHighlights() {
        StreamRef own = measured(DimensionSetChain.of(new DimensionSetVersion(7, set("dset_mine", 1, null))));
        Moment best = stores.scoring
                .selectHighlights(new SelectHighlights(own, DURATION, ANYTHING, null))
                .moments()
                .getFirst();
        NewHighlight highlight =
                new NewHighlight(new HighlightId(FreshUuid.next()), new EventId(FreshUuid.next()), best);

        stores.catalog.saveHighlights(new SaveHighlights(own, List.of(highlight)));

        HighlightRow row = answer(stores.highlights.find(own.organizationId(), highlight.highlightId()));
        assertThat(row.tags()).containsExactly("loud", "own");
        assertThat(row.metadata()).containsEntry("what", "loud_one at " + best.peak());
    }

    @Test
    void fallsBackWhenTooFewDimensionsCanBeScored() {
        DimensionSet demanding = set("dset_demanding", 2, "gaming_default");
        StreamRef own = measured(new DimensionSetChain(
                List.of(new DimensionSetVersion(1, demanding), DimensionSetVersion.of(Preset.GAMING_DEFAULT)),
                List.of()));

        Selected selected = stores.scoring.selectHighlights(new SelectHighlights(own, DURATION, ANYTHING, null));

        assertThat(selected)
                .isEqualTo(stores.scoring.selectHighlights(new SelectHighlights(stream, DURATION, ANYTHING, null)));
        assertThat(stores.row(own).scoredWith()).isEqualTo("gaming_default");
    }

    @Test
    void withoutAFallbackTheResultIsEmptyAndSaysWhy() {
        StreamRef own = measured(DimensionSetChain.of(new DimensionSetVersion(1, set("dset_demanding", 2, null))));

        Selected selected = stores.scoring.selectHighlights(new SelectHighlights(own, DURATION, ANYTHING, null));

        assertThat(selected.moments()).isEmpty();
        assertThat(selected.emptyReason()).contains("1 of the 2 dimensions of dset_demanding", "2 are required");
        assertThat(stores.row(own).scoredWith()).isNull();
    }

    /** Two analyses of one measurement: the second one by the picture alone, and a third by everything again. */
    @Test
    void theSameSignalsAreDecidedOverWithoutTheSoundAndWithIt() {
        SelectHighlights all = new SelectHighlights(stream, DURATION, ANYTHING, null);
        Selected heard = stores.scoring.selectHighlights(all);
        List<Candidate> ledgerOfAll = ledger();

        StreamOptions deaf = ANYTHING.withModules(new ProcessingModules(true, false, true, true));
        stores.scoring.selectHighlights(new SelectHighlights(stream, DURATION, deaf, null));

        assertThat(ledger()).isNotEmpty().allSatisfy(candidate -> {
            assertThat(candidate.reasons().toString()).doesNotContainPattern("loudness|onsets|band_|speech");
            assertThat(candidate.dimensions().toString()).contains("sound not counted: audio_analysis is off");
            assertThat(candidate.signals()).as("measured all the same").containsKey("loudness");
        });
        assertThat(stores.scoring.selectHighlights(all)).isEqualTo(heard);
        assertThat(ledger()).isEqualTo(ledgerOfAll);
    }

    /** What the model said of picture and sound together says nothing of the picture alone. */
    @Test
    void whatTheModelHeardIsForgottenWhileTheSoundIsOff() {
        heard(new Transcript(List.of(Samples.line(301, "clip that"))));
        StreamOptions deaf = CALLED.withModules(new ProcessingModules(true, false, true, true));

        stores.scoring.selectHighlights(new SelectHighlights(stream, DURATION, deaf, null));

        assertThat(ledger()).isNotEmpty().allSatisfy(candidate -> {
            assertThat(candidate.type()).isNotEqualTo("wake_word");
            assertThat(candidate.transcript()).isEmpty();
            assertThat(candidate.degraded()).contains("other processing modules");
            assertThat(candidate.dimensions().values())
                    .allSatisfy(score -> assertThat(score.modelShare()).isZero());
        });
    }

    @Test
    void whatTheModelHeardCallsForAClipAndStandsWithIt() {
        Transcript heard = new Transcript(
                List.of(Samples.line(298, "wait for it"), Samples.line(301, "clip that"), Samples.line(330, "bye")));
        heard(heard);

        Selected selected = stores.scoring.selectHighlights(new SelectHighlights(stream, DURATION, CALLED, null));

        Moment best = selected.moments().getFirst();
        assertThat(best.type()).isEqualTo("wake_word");
        assertThat(best.range().contains(301)).isTrue();
        Candidate candidate = ledger().get(best.candidate());
        assertThat(candidate.reasons().getFirst().text())
                .startsWith("wake word “clip that” heard at 0:05:01, likeness 1.00 (exact)");
        NewHighlight highlight =
                new NewHighlight(new HighlightId(FreshUuid.next()), new EventId(FreshUuid.next()), best);
        stores.catalog.saveHighlights(new SaveHighlights(stream, List.of(highlight)));
        HighlightRow row = answer(stores.highlights.find(stream.organizationId(), highlight.highlightId()));
        assertThat(row.transcript()).extracting(TranscriptLine::text).containsExactly("wait for it", "clip that");
        assertThat(row.tags()).contains("wake_word");
        assertThat(row.metadata()).containsEntry("wake_word", "clip that");
    }

    @Test
    void whatWasMarkedBeforeCountsInTheFirstAnalysisWithItsReason() {
        Marker goal = new Marker("goal", 301.5, "Player 10", 0.95, 12, 8);
        stores.markers.post(stream, List.of(new NewMarker(goal, Map.of()))).block();

        Selected selected =
                stores.scoring.selectHighlights(new SelectHighlights(stream, DURATION, StreamOptions.DEFAULTS, null));

        Moment marked = selected.moments().stream()
                .filter(one -> one.type().equals("marker"))
                .findFirst()
                .orElseThrow();
        assertThat(marked.range().contains(301.5)).isTrue();
        assertThat(marked.confidence()).isGreaterThanOrEqualTo(0.95);
        assertThat(ledger().get(marked.candidate()).reasons().getFirst().text())
                .startsWith("marker goal at 301.5 s “Player 10”, counts 0.95 (+");
    }

    /** One dimension that loudness scores and one that only AI can. */
    private static DimensionSet set(String id, int required, @Nullable String fallback) {
        Dimension loud = Dimension.ofRules(
                "loud", "loud", 1, new RuleModel(0.9, "", -1, List.of(new Term(SignalKind.LOUDNESS, 5, 1))));
        Dimension witty = Dimension.ofRules("witty", "witty", 1, RuleModel.NONE);
        HighlightType type = new HighlightType(
                "loud_one",
                "Loud",
                "",
                Criteria.NONE,
                1,
                List.of("loud", "own"),
                Map.of("what", "{{type}} at {{peak_time}}"));
        return new DimensionSet(
                id,
                id,
                "",
                List.of(loud, witty),
                List.of(type),
                true,
                required,
                fallback,
                Preset.GAMING_DEFAULT.dimensionSet().calibration(),
                Preset.GAMING_DEFAULT.dimensionSet().clip(),
                10);
    }

    /** The model saw and heard from 280 to 340 s, and this was said. */
    private void heard(Transcript said) {
        stores.asking
                .save(
                        stream,
                        Preset.GAMING_DEFAULT.dimensionSet(),
                        ProcessingModules.ALL,
                        List.of(new Window(0, new TimeRange(280, 340), Why.EVERYTHING)))
                .block();
        stores.asking
                .saveAnswer(stream, new WindowAnswer(0, List.of(), said, null))
                .block();
    }

    private StreamRef measured(DimensionSetChain chain) {
        return stores.measured(
                chain,
                IntStream.range(0, SEGMENTS)
                        .mapToObj(ScoringActivitiesIT::segment)
                        .toList());
    }

    private List<Candidate> ledger() {
        return answer(stores.candidates.list(stream, new CandidateQuery(null, null, null, 1000)))
                .items();
    }

    /** Noise, and from 200 s to 212 s and from 400 s to 408 s far more of everything. */
    private static Signals segment(int number) {
        Random random = new Random(number);
        Map<SignalKind, float[]> curves = new EnumMap<>(SignalKind.class);
        for (SignalKind kind : SignalKind.values()) {
            float[] values = new float[60];
            for (int i = 0; i < 60; i++) {
                int second = number * 60 + i;
                boolean outburst = (second >= 200 && second < 212) || (second >= 400 && second < 408);
                values[i] = (float) (random.nextGaussian() + (outburst ? 8 : 0));
            }
            curves.put(kind, values);
        }
        return new Signals(
                number * 60,
                60,
                curves,
                List.of(number * 60 + 20.5),
                List.of(new TimeRange(number * 60, number * 60 + 1)));
    }
}
