package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tv.tldr.activities.gemini.Answer;
import tv.tldr.activities.gemini.AskedDimension;
import tv.tldr.activities.gemini.AskedKey;
import tv.tldr.activities.gemini.Budget;
import tv.tldr.activities.gemini.Cost;
import tv.tldr.activities.gemini.GeminiGateway;
import tv.tldr.activities.gemini.GeminiProperties;
import tv.tldr.activities.gemini.ModelCall;
import tv.tldr.activities.gemini.ModelCall.State;
import tv.tldr.activities.gemini.Outcome;
import tv.tldr.activities.gemini.ProxyClip;
import tv.tldr.activities.gemini.Question;
import tv.tldr.activities.gemini.Scale;
import tv.tldr.activities.gemini.Unit;
import tv.tldr.activities.gemini.WindowRequest;
import tv.tldr.activities.gemini.Words;
import tv.tldr.activities.gemini.standin.GeminiStandIn;
import tv.tldr.activities.gemini.standin.GeminiStandIn.Settings;
import tv.tldr.activities.gemini.standin.Operation;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.TimeRange;

/** A worker that is killed anywhere pays for a window once when its answer is stored, and never loses sight of a dollar. */
class AskedOnceIT extends StoreIT {
    private static final Question QUESTION = new Question(
            List.of(new AskedDimension("action", "Action", "How much happens", null, null, new Scale.Numeric(0, 1))),
            List.of(new Unit(1, Unit.Kind.SHOT, 0, 1, null), new Unit(2, Unit.Kind.SHOT, 1, 2, null)),
            1,
            Words.NONE);
    private static final AskedKey ASKED = AskedKey.of("gemini-3.8-flash", new TimeRange(0, 2), QUESTION, 1);

    private GeminiStandIn standIn;
    private GeminiGateway gateway;
    private CostLedger ledger;
    private ModelWindowStore windows;
    private StreamRef stream;
    private ProxyClip clip;

    /** Dies at this point, as a process does that is killed. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @BeforeEach
    void begin(@TempDir Path folder) throws IOException {
        Path file = TestMedia.video(folder, "proxy.mp4", 2);
        clip = new ProxyClip(file, "video/mp4", Files.size(file), 2, 1, true);
        standIn = new GeminiStandIn(Settings.DEFAULTS, 0, folder, TestMedia.FFMPEG, Clock.systemUTC());
        gateway = new GeminiGateway(
                new Binder(new MapConfigurationPropertySource(Map.of(
                                "tldr.gemini.api-key", Settings.DEFAULTS.key(), "tldr.gemini.base-url", standIn.url())))
                        .bind("tldr.gemini", GeminiProperties.class)
                        .get(),
                Clock.systemUTC());
        ledger = new CostLedger(stores.database);
        windows = new ModelWindowStore(stores.database);
        stream = stores.submitted(stores.organization());
    }

    @AfterEach
    void end() {
        gateway.close();
        standIn.close();
    }

    @Test
    void anAnsweredWindowIsNeverAskedAgain() {
        Outcome<Answer> first = answered(call -> {});
        Outcome<Answer> second = answered(call -> {});

        assertThat(second).isEqualTo(first);
        assertThat(standIn.calls(Operation.GENERATE)).hasSize(1);
        assertThat(answer(ledger.spent(stream, Instant.now())).stream()).isEqualTo(first.cost());
    }

    @Test
    void whoIsKilledBeforeTheAnswerCameLeavesTheEstimateStanding() {
        assertThatThrownBy(() -> answered(dyingAt(Set.of(State.CHARGED)))).isInstanceOf(Killed.class);
        Cost estimate = gateway.cost(gateway.estimate(QUESTION, clip));
        assertThat(answer(ledger.spent(stream, Instant.now())).stream()).isEqualTo(estimate);

        Outcome<Answer> again = answered(call -> {});

        assertThat(answer(ledger.spent(stream, Instant.now())).stream()).isEqualTo(estimate.plus(again.cost()));
        assertThat(answer(ledger.spent(stream, Instant.now())).callsDay()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void whoIsKilledBeforeTheQuestionWasSentHasPaidNothing() {
        assertThatThrownBy(() -> answered(dyingAt(Set.of(State.SENT)))).isInstanceOf(Killed.class);

        assertThat(answer(ledger.spent(stream, Instant.now())).stream()).isEqualTo(Cost.ZERO);
        assertThat(standIn.calls(Operation.GENERATE)).isEmpty();
    }

    @Test
    void theBudgetIsAskedBeforeEachCall() {
        Cost estimate = gateway.cost(gateway.estimate(QUESTION, clip));
        Budget budget = new Budget(estimate, null, null, null, null);

        assertThat(budget.check(estimate, answer(ledger.spent(stream, Instant.now()))))
                .isInstanceOf(Budget.Verdict.Allowed.class);
        answered(call -> {});
        assertThat(budget.check(estimate, answer(ledger.spent(stream, Instant.now()))))
                .isInstanceOf(Budget.Verdict.Refused.class);
    }

    /** What an activity does. */
    private Outcome<Answer> answered(Consumer<ModelCall> watcher) {
        Optional<Outcome<Answer>> before =
                windows.findAnswer(stream, ASKED).map(AskedWindow::outcome).blockOptional();
        if (before.isPresent()) {
            return before.get();
        }
        Outcome<Answer> outcome = gateway.askWindow(
                new WindowRequest(stream, 0, QUESTION, clip, (int)
                        gateway.estimate(QUESTION, clip).output()),
                call -> {
                    watcher.accept(call);
                    ledger.record(call).block();
                },
                () -> {});
        windows.save(stream, new AskedWindow(0, ASKED, "gemini-3.8-flash", outcome, null))
                .block();
        return outcome;
    }

    private static Consumer<ModelCall> dyingAt(Set<State> states) {
        return call -> {
            if (states.contains(call.state())) {
                throw new Killed();
            }
        };
    }
}
