package tv.tldr.activities.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.activities.gemini.Cost;
import tv.tldr.activities.gemini.GeminiProperties;
import tv.tldr.activities.gemini.ModelCall;
import tv.tldr.activities.gemini.ModelCall.Kind;
import tv.tldr.activities.gemini.ModelCall.State;
import tv.tldr.activities.gemini.TokenUsage;
import tv.tldr.activities.gemini.standin.Fault;
import tv.tldr.activities.gemini.standin.GeminiStandIn;
import tv.tldr.activities.gemini.standin.GeminiStandIn.Settings;
import tv.tldr.activities.gemini.standin.Operation;
import tv.tldr.activities.media.Probe;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.workflows.activity.AskingActivities;
import tv.tldr.workflows.activity.AskingActivities.AskWindow;
import tv.tldr.workflows.activity.AskingActivities.Asked;
import tv.tldr.workflows.activity.AskingActivities.Outcome;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.asking.Window;
import tv.tldr.workflows.asking.Window.Why;
import tv.tldr.workflows.scoring.Fusion;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.scoring.Strategy;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.TimeRange;

/** A budget holds however long the model thinks, and what is only reserved for others ends nothing. */
class AskedWithinBudgetIT extends StoreIT {
    private static final int SECONDS_OF_VIDEO = 60;

    private Path video = Path.of("");
    private MediaFacts facts = new MediaFacts(0, 0, "", 0, null, null);
    private Path folder = Path.of("");
    private GeminiStandIn model;
    private GeminiProperties properties;
    private AskingRun run;
    private AskingActivities activities;
    private CostLedger ledger;
    private StreamRef stream;

    @BeforeAll
    void makeARecording(@TempDir Path fresh) {
        video = TestMedia.make(
                fresh,
                "-f lavfi -i testsrc2=size=64x36:rate=1:duration=" + SECONDS_OF_VIDEO
                        + " -c:v libx264 -preset ultrafast -pix_fmt yuv420p long.mp4");
        facts = new Probe(TestMedia.FFMPEG).probe(new MediaInput(video), fresh, () -> {});
    }

    @BeforeEach
    void planAStream(@TempDir Path fresh) throws IOException {
        folder = fresh;
        model = new GeminiStandIn(Settings.DEFAULTS, 0, folder, TestMedia.FFMPEG, Clock.systemUTC());
        ledger = new CostLedger(stores.database);
        stream = stores.submitted(stores.organization());
        stores.signals
                .save(stream, 0, "as ever", new Signals(0, SECONDS_OF_VIDEO, Map.of(), List.of(), List.of()))
                .block();
        new AskingStore(stores.database)
                .save(
                        stream,
                        Preset.GAMING_DEFAULT.dimensionSet(),
                        ProcessingModules.ALL,
                        List.of(
                                new Window(0, new TimeRange(0, 30), Why.EVERYTHING),
                                new Window(1, new TimeRange(30, 60), Why.EVERYTHING)))
                .block();
        stores.objects.put(ObjectKeys.source(stream), video);
        run = new AskingRun(stores, folder, model, Settings.DEFAULTS.key());
        properties = run.properties();
        activities = run.activities();
    }

    @AfterEach
    void stop() {
        run.close();
        model.close();
    }

    @Test
    void aModelThatThinksLongIsCutOffWhereTheMoneyEndsAndItsWindowIsLeftToRules() {
        model.faults().next(Operation.GENERATE, 9, Fault.THINKS_LONG);
        Cost budget = Cost.of("0.0163");

        Asked first = ask(0, budget.usd());

        assertThat(first.outcome()).isEqualTo(Outcome.UNUSABLE);
        assertThat(first.reason()).contains("cannot be used", "the AI budget of this stream");
        assertThat(model.calls(Operation.GENERATE))
                .as("not asked anew with fewer frames")
                .hasSize(1);
        assertThat(spent()).isEqualTo(micro(first.costMicroUsd())).isLessThanOrEqualTo(budget);
        assertThat(mostOutput()).isLessThan(properties.maxOutputTokens());

        Asked second = ask(1, budget.usd());

        assertThat(spent()).isLessThanOrEqualTo(budget);
        assertThat(second.outcome()).isIn(Outcome.SPENT, Outcome.UNUSABLE);
    }

    @Test
    void whereThereIsMoneyAnAnswerMayBeAsLongAsTheSettingSays() {
        model.faults().next(Operation.GENERATE, 1, Fault.THINKS_LONG);

        Asked asked = ask(0, new BigDecimal("0.10"));

        assertThat(asked.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(mostOutput()).isEqualTo(properties.maxOutputTokens());
        assertThat(spent()).isGreaterThan(Cost.of("0.026"));
    }

    @Test
    void moneyThatIsReservedForAnotherRequestIsWaitedForAndUsedWhenItComesBack() {
        ModelCall other = call(State.SENT, "0.030");
        ledger.record(other).block();

        CompletableFuture<Asked> asked = CompletableFuture.supplyAsync(() -> ask(1, new BigDecimal("0.035")));
        await().during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(5))
                .until(() -> model.calls(Operation.GENERATE).isEmpty() && !asked.isDone());
        ledger.record(ended(other, "0.004")).block();

        assertThat(asked.orTimeout(60, SECONDS).join().outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(spent()).isLessThanOrEqualTo(Cost.of("0.035"));
    }

    @Test
    void moneyThatIsSpentIsNotWaitedFor() {
        ledger.record(call(State.CHARGED, "0.030")).block();

        Asked asked = ask(1, new BigDecimal("0.035"));

        assertThat(asked.outcome()).isEqualTo(Outcome.SPENT);
        assertThat(asked.reason()).contains("0.005000 USD are left");
        assertThat(model.calls(Operation.GENERATE)).isEmpty();
    }

    private Asked ask(int window, @Nullable BigDecimal budget) {
        Recording recording = new Recording(ObjectKeys.source(stream).value(), 1, Samples.SHA256, facts);
        return activities.askWindow(new AskWindow(stream, recording, window, options(budget)));
    }

    private int mostOutput() {
        return model.calls(Operation.GENERATE)
                .getLast()
                .body()
                .at("/generationConfig/maxOutputTokens")
                .asInt();
    }

    private ModelCall call(State state, String cost) {
        return new ModelCall(
                FreshUuid.next(),
                stream,
                0,
                Kind.WINDOW,
                properties.model(),
                Instant.now(),
                TokenUsage.NONE,
                Cost.of(cost),
                state,
                null);
    }

    private static ModelCall ended(ModelCall sent, String cost) {
        return new ModelCall(
                sent.id(),
                sent.stream(),
                sent.window(),
                sent.kind(),
                sent.model(),
                sent.at(),
                sent.usage(),
                Cost.of(cost),
                State.CHARGED,
                null);
    }

    private Cost spent() {
        return answer(ledger.spent(stream, Instant.now())).stream();
    }

    private static Cost micro(long millionths) {
        return new Cost(BigDecimal.valueOf(millionths, Cost.SCALE));
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
                Strategy.AI_ONLY,
                budget,
                Fusion.DEFAULT,
                List.of(),
                List.of(),
                false,
                ProcessingModules.ALL);
    }
}
