package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.activities.gemini.Cost;
import tv.tldr.activities.gemini.standin.Fault;
import tv.tldr.activities.gemini.standin.GeminiStandIn;
import tv.tldr.activities.gemini.standin.GeminiStandIn.Settings;
import tv.tldr.activities.gemini.standin.Operation;
import tv.tldr.activities.media.Probe;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.workflows.activity.AskingActivities;
import tv.tldr.workflows.activity.AskingActivities.CompareFinalists;
import tv.tldr.workflows.activity.AskingActivities.Compared;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.ScoringActivities.SelectHighlights;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.scoring.Aggregation;
import tv.tldr.workflows.scoring.Calibration;
import tv.tldr.workflows.scoring.Contribution;
import tv.tldr.workflows.scoring.Dimension;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.scoring.DimensionSetVersion;
import tv.tldr.workflows.scoring.Examples;
import tv.tldr.workflows.scoring.Fusion;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.scoring.RuleModel;
import tv.tldr.workflows.scoring.Scale;
import tv.tldr.workflows.scoring.Strategy;
import tv.tldr.workflows.scoring.Term;
import tv.tldr.workflows.selection.Candidate;
import tv.tldr.workflows.signal.Modality;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;

/** The finalists of a stream are compared once, within the budget, and whatever keeps them from it is told. */
class ComparedOnceIT extends StoreIT {
    private static final int SEGMENTS = 8;
    private static final double DURATION = SEGMENTS * 60;
    private static final int[] OUTBURSTS = {60, 150, 240, 330, 420};

    private Path video = Path.of("");
    private MediaFacts facts = new MediaFacts(0, 0, "", 0, null, null);
    private Path folder = Path.of("");
    private GeminiStandIn model;
    private AskingRun run;
    private AskingActivities activities;
    private CostLedger ledger;
    private StreamRef stream;

    @BeforeAll
    void makeARecording(@TempDir Path fresh) {
        video = TestMedia.make(
                fresh,
                "-f lavfi -i testsrc2=size=64x36:rate=1:duration=" + (int) DURATION
                        + " -c:v libx264 -preset ultrafast -pix_fmt yuv420p long.mp4");
        facts = new Probe(TestMedia.FFMPEG).probe(new MediaInput(video), fresh, () -> {});
    }

    @BeforeEach
    void measureAStream(@TempDir Path fresh) throws IOException {
        folder = fresh;
        model = new GeminiStandIn(Settings.DEFAULTS, 0, folder, TestMedia.FFMPEG, Clock.systemUTC());
        ledger = new CostLedger(stores.database);
        stream = stores.submitted(stores.organization());
        for (int segment = 0; segment < SEGMENTS; segment++) {
            stores.signals.save(stream, segment, "as ever", segment(segment)).block();
        }
        stores.objects.put(ObjectKeys.source(stream), video);
        start(Settings.DEFAULTS.key());
    }

    private void start(String key) {
        run = new AskingRun(stores, folder, model, key);
        activities = run.activities();
    }

    @AfterEach
    void stop() {
        run.close();
        model.close();
    }

    @Test
    void aSecondRunFindsTheOrderAndPaysNothing() {
        Compared first = compare(options(null));
        Compared second = compare(options(null));

        assertThat(first.finalists()).isGreaterThanOrEqualTo(3);
        assertThat(first.reason()).isNull();
        assertThat(first.costMicroUsd()).isPositive();
        assertThat(second).isEqualTo(new Compared(first.finalists(), 0, null));
        assertThat(model.calls(Operation.GENERATE)).hasSize(1);
        assertThat(spent()).isEqualTo(micro(first.costMicroUsd()));
        assertThat(kinds()).containsExactly("comparison charged");
    }

    @Test
    void eachFinalistIsShownAndNothingIsLeftBehind() {
        Compared compared = compare(options(null));

        String question = model.calls(Operation.GENERATE).getFirst().body().toString();
        assertThat(question.split("\"image/jpeg\"", -1)).hasSize(compared.finalists() + 1);
        assertThat(question).contains("Picture of finalist 1:");
        assertThat(folder.resolve("scratch")).isEmptyDirectory();
    }

    @Test
    void theOrderMovesConfidencesAndEachReasonCanBeRedone() {
        Map<Double, Double> before = select(null);
        compare(options(null));

        Map<Double, Double> after = select(null);

        assertThat(sum(after)).isCloseTo(sum(before), org.assertj.core.api.Assertions.within(1e-9));
        assertThat(ledgerOf(stream).stream().filter(one -> one.reasons().stream()
                        .map(Contribution::feature)
                        .anyMatch("comparison"::equals)))
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(one -> {
                    Contribution compared = one.reasons().getLast();
                    assertThat(one.confidence())
                            .isCloseTo(
                                    before.getOrDefault(one.peak(), 0.0) + compared.contribution(),
                                    org.assertj.core.api.Assertions.within(1e-9));
                    assertThat(compared.text()).contains("others: place ", "[stand-in] By length.");
                    assertThat(one.verdict().explanation()).contains("Compared with ");
                });
    }

    @Test
    void anAnswerThatCannotBeUsedIsNotAskedForAgainAndTheFinalistsSayWhy() {
        model.faults().next(Operation.GENERATE, 2, Fault.PROSE);
        Map<Double, Double> before = select(null);

        Compared compared = compare(options(null));
        Compared again = compare(options(null));

        assertThat(compared.reason()).contains("cannot be used");
        assertThat(again).isEqualTo(new Compared(compared.finalists(), 0, compared.reason()));
        assertThat(model.calls(Operation.GENERATE)).hasSize(2);
        assertThat(kinds()).containsExactly("comparison charged", "repair charged");
        assertThat(select(compared.reason())).isEqualTo(before);
        assertThat(ledgerOf(stream).stream()
                        .filter(one -> one.verdict().explanation().contains("Not compared with the other finalists")))
                .hasSize(compared.finalists())
                .allMatch(one -> one.verdict().explanation().contains("cannot be used") && one.degraded() == null);
    }

    @Test
    void whatTheBudgetDoesNotAllowIsNeitherSentNorPrepared() {
        Compared compared = compare(options(new BigDecimal("0.000001")));

        assertThat(compared.finalists()).isGreaterThanOrEqualTo(3);
        assertThat(compared.reason()).contains("the AI budget of this stream is 0.000001 USD");
        assertThat(model.calls(Operation.GENERATE)).isEmpty();
        assertThat(spent()).isEqualTo(Cost.ZERO);
        assertThat(folder.resolve("scratch")).doesNotExist();
        assertThat(compare(options(null)).reason()).as("with money it is asked").isNull();
    }

    @Test
    void whatCouldNotBeUsedIsAskedAgainByTheNextAnalysisAndItsAnswerStays() {
        model.faults().next(Operation.GENERATE, 2, Fault.PROSE);
        assertThat(compare(options(null)).reason()).contains("cannot be used");
        anotherAnalysis();

        Compared better = compare(options(null));
        anotherAnalysis();
        Compared again = compare(options(null));

        assertThat(better.reason()).isNull();
        assertThat(better.costMicroUsd()).isPositive();
        assertThat(again).isEqualTo(new Compared(better.finalists(), 0, null));
        assertThat(model.calls(Operation.GENERATE)).hasSize(3);
    }

    private void anotherAnalysis() {
        stores.owner
                .update(stores.owner
                        .sql("UPDATE streams SET analysis = analysis + 1 WHERE id = :stream")
                        .bind("stream", stream.streamId().uuid()))
                .block();
    }

    @Test
    void whoIsKilledBetweenTheAnswerAndItsStoringHasPaidAndTheNextOneAsksAgain() {
        forbidStoring(true);
        assertThatThrownBy(() -> compare(options(null))).hasCauseInstanceOf(ApplicationFailure.class);
        Cost first = spent();
        assertThat(first).isGreaterThan(Cost.ZERO);
        forbidStoring(false);

        Compared compared = compare(options(null));

        assertThat(compared.reason()).isNull();
        assertThat(spent()).isEqualTo(first.plus(micro(compared.costMicroUsd())));
        assertThat(compare(options(null)).costMicroUsd()).isZero();
    }

    @Test
    void theQuotaOfTheDayIsAReasonAndARefusedKeyAFailure() {
        model.faults().next(Operation.GENERATE, 1, Fault.DAY_USED_UP);
        assertThat(compare(options(null)).reason()).isNotBlank();
        run.close();

        start("another-key");
        assertThatThrownBy(() -> compare(options(null)))
                .cause()
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo("AI_REFUSED");
                    assertThat(failure.isNonRetryable()).isTrue();
                });
    }

    @Test
    void withoutPicturesFinalistsAreComparedByTheirWords() {
        MediaFacts deaf = new MediaFacts(DURATION, 0, "mp3", 0, null, new MediaFacts.Audio(0, "mp3", 48_000, 2));

        Compared compared =
                activities.compareFinalists(new CompareFinalists(stream, recording(deaf), DURATION, options(null)));

        assertThat(compared.reason()).isNull();
        assertThat(model.calls(Operation.GENERATE).getFirst().body().toString()).doesNotContain("image/jpeg");
    }

    @Test
    void whereThePictureDoesNotCountNoneIsShownAndTheOrderIsAnotherOne() {
        StreamOptions unseen =
                options(null).keeping(0.1, 2).withModules(new ProcessingModules(false, true, true, true));
        compare(options(null));
        Map<Double, Double> seen = select(null);

        Compared compared = compare(unseen);

        assertThat(compared.finalists()).isGreaterThanOrEqualTo(2);
        assertThat(compared.costMicroUsd()).isPositive();
        assertThat(model.calls(Operation.GENERATE).getLast().body().toString()).doesNotContain("image/jpeg");
        assertThat(compare(unseen).costMicroUsd()).isZero();
        assertThat(select(null)).as("by what was shown with it").isEqualTo(seen);
    }

    /** Its finalists are the same with and without sound, and the same is told of them. */
    @Test
    void ofASetThatGoesByThePictureAloneTheFinalistsAreComparedWithoutSoundToo() {
        stream = measured(DimensionSetChain.of(new DimensionSetVersion(1, movement())));
        MediaFacts heard =
                new MediaFacts(DURATION, 0, "mp4", 0, facts.video(), new MediaFacts.Audio(1, "aac", 48_000, 2));
        StreamOptions deaf = options(null).withModules(new ProcessingModules(true, false, true, true));
        activities.compareFinalists(new CompareFinalists(stream, recording(heard), DURATION, options(null)));
        Map<Double, Double> withSound = select(null);

        CompareFinalists without = new CompareFinalists(stream, recording(heard), DURATION, deaf);
        Compared compared = activities.compareFinalists(without);
        stores.scoring.selectHighlights(new SelectHighlights(stream, DURATION, deaf, null, null));

        assertThat(compared.reason()).isNull();
        assertThat(ledgerOf(stream).stream()
                        .filter(one -> one.reasons().getLast().feature().equals("comparison")))
                .hasSize(compared.finalists())
                .hasSizeGreaterThanOrEqualTo(3);
        assertThat(activities.compareFinalists(without).costMicroUsd()).isZero();
        assertThat(model.calls(Operation.GENERATE)).hasSize(2);
        assertThat(select(null)).as("with sound, by the order of before").isEqualTo(withSound);
    }

    /** Sound that is not there cannot be left out. */
    @Test
    void ofARecordingWithoutSoundTheOrderIsTheSameWithSoundOff() {
        stream = measured(DimensionSetChain.of(new DimensionSetVersion(1, movement())));
        assertThat(compare(options(null)).costMicroUsd()).isPositive();

        Compared compared = compare(options(null).withModules(new ProcessingModules(true, false, true, true)));

        assertThat(compared.reason()).isNull();
        assertThat(compared.costMicroUsd()).isZero();
    }

    @Test
    void nobodyIsAskedWhenNothingIsUp() {
        StreamRef still = stores.submitted(stores.organization());

        Compared compared =
                activities.compareFinalists(new CompareFinalists(still, recording(facts), DURATION, options(null)));

        assertThat(compared).isEqualTo(Compared.NOBODY);
        assertThat(model.calls(Operation.GENERATE)).isEmpty();
    }

    private StreamRef measured(DimensionSetChain chain) {
        StreamRef measured = stores.measured(
                chain,
                IntStream.range(0, SEGMENTS).mapToObj(ComparedOnceIT::segment).toList());
        stores.objects.put(ObjectKeys.source(measured), video);
        return measured;
    }

    private static DimensionSet movement() {
        Dimension moving = new Dimension(
                "moving",
                "moving",
                "",
                1,
                Scale.NUMERIC,
                Aggregation.MAX,
                Set.of(Modality.VIDEO),
                null,
                Examples.NONE,
                false,
                "moving",
                new RuleModel(0.9, "by hand", -1, List.of(new Term(SignalKind.MOTION, 1, 0.8))));
        return DimensionSet.of(
                "made", List.of(moving), new Calibration(0.65, 2.4), new DimensionSet.ClipLength(15, 60), 0);
    }

    private Compared compare(StreamOptions options) {
        return activities.compareFinalists(new CompareFinalists(stream, recording(facts), DURATION, options));
    }

    /** Confidences by peak. */
    private Map<Double, Double> select(@Nullable String notCompared) {
        stores.scoring.selectHighlights(new SelectHighlights(stream, DURATION, options(null), null, notCompared));
        return ledgerOf(stream).stream().collect(Collectors.toMap(Candidate::peak, Candidate::confidence));
    }

    private List<Candidate> ledgerOf(StreamRef of) {
        return answer(stores.candidates.list(of, new CandidateQuery(null, null, null, 1000)))
                .items();
    }

    private static double sum(Map<Double, Double> confidences) {
        return confidences.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private Cost spent() {
        return answer(ledger.spent(stream, Instant.now())).stream();
    }

    private static Cost micro(long millionths) {
        return new Cost(BigDecimal.valueOf(millionths, Cost.SCALE));
    }

    private List<String> kinds() {
        return all(stores.owner.all(
                stores.owner
                        .sql("SELECT kind || ' ' || state AS text FROM model_calls WHERE stream_id = :stream"
                                + " AND window_number IS NULL ORDER BY sent_at, id")
                        .bind("stream", stream.streamId().uuid()),
                row -> Columns.required(row, "text", String.class)));
    }

    /** As if the process ended with the answer in its hands. */
    private void forbidStoring(boolean forbidden) {
        String statement = forbidden
                ? "ALTER TABLE model_comparisons ADD CONSTRAINT killed CHECK (cost_usd < 0) NOT VALID"
                : "ALTER TABLE model_comparisons DROP CONSTRAINT killed";
        stores.owner.update(stores.owner.sql(statement)).block();
    }

    private Recording recording(MediaFacts of) {
        ObjectKey key = ObjectKeys.source(stream);
        return new Recording(key.value(), 1, Samples.SHA256, of);
    }

    private static StreamOptions options(@Nullable BigDecimal budget) {
        return new StreamOptions(
                0.3,
                15,
                60,
                5,
                2,
                3,
                2,
                "gaming_default",
                Strategy.HYBRID,
                budget,
                Fusion.DEFAULT,
                List.of(),
                List.of(),
                false,
                ProcessingModules.ALL);
    }

    /** Noise, and here and there far more of everything for ten seconds, each time a little more. */
    private static Signals segment(int number) {
        Random random = new Random(number);
        Map<SignalKind, float[]> curves = new EnumMap<>(SignalKind.class);
        for (SignalKind kind : SignalKind.values()) {
            float[] values = new float[60];
            for (int i = 0; i < 60; i++) {
                values[i] = (float) (random.nextGaussian() + outburst(number * 60 + i));
            }
            curves.put(kind, values);
        }
        return new Signals(number * 60, 60, curves, List.of(), List.of());
    }

    private static double outburst(int second) {
        for (int index = 0; index < OUTBURSTS.length; index++) {
            if (second >= OUTBURSTS[index] && second < OUTBURSTS[index] + 10) {
                return 5 + index;
            }
        }
        return 0;
    }
}
