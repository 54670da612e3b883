package tv.tldr.activities.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.unit.DataSize;
import tv.tldr.activities.gemini.Answer.Moment;
import tv.tldr.activities.gemini.ModelCall.Kind;
import tv.tldr.activities.gemini.ModelCall.State;
import tv.tldr.activities.gemini.Outcome.Reason;
import tv.tldr.activities.gemini.standin.Fault;
import tv.tldr.activities.gemini.standin.GeminiStandIn;
import tv.tldr.activities.gemini.standin.GeminiStandIn.Call;
import tv.tldr.activities.gemini.standin.GeminiStandIn.Settings;
import tv.tldr.activities.gemini.standin.Operation;
import tv.tldr.activities.media.TestMedia;

class GeminiGatewayIT extends StandInIT {
    @Test
    void aSmallClipGoesWithTheQuestionAndTheStormIsFound() {
        try (GeminiGateway gateway = gateway(INLINE)) {
            Answer answer = answered(ask(gateway));

            Moment best = answer.moments().getFirst();
            assertThat(answer.moments()).hasSize(2);
            assertThat(best.firstUnit()).isEqualTo(2);
            assertThat(best.title()).startsWith("[stand-in]");
            assertThat(best.scores().keySet()).containsExactly("action", "goal", "mood");
            assertThat(best.scores().values()).allMatch(score -> score.value() > 0.6 && score.flag() == null);
            assertThat(standIn.calls()).extracting(Call::operation).containsExactly(Operation.GENERATE);
        }
    }

    @Test
    void theQuestionIsPutAsItShouldBe() {
        try (GeminiGateway gateway = gateway(INLINE)) {
            ask(gateway);

            JsonNode body = standIn.calls().getFirst().body();
            JsonNode config = body.path("generationConfig");
            assertThat(config.path("temperature").asDouble()).isEqualTo(0.1, within(1e-6));
            assertThat(config.path("mediaResolution").asText()).isEqualTo("MEDIA_RESOLUTION_LOW");
            assertThat(config.path("responseMimeType").asText()).isEqualTo("application/json");
            assertThat(config.path("responseJsonSchema").toString())
                    .isEqualTo(AnswerSchema.of(question()).toString());
            assertThat(config.path("maxOutputTokens").asInt()).isEqualTo(8192);
            assertThat(body.at("/systemInstruction/parts/0/text").asText())
                    .isEqualTo(Prompt.of(question()).system());
            assertThat(body.at("/contents/0/parts/1/text").asText())
                    .isEqualTo(Prompt.of(question()).user());
        }
    }

    @Test
    void aLargeClipIsUploadedWaitedForAndDeleted() {
        try (GeminiGateway gateway = gateway(NEVER_INLINE)) {
            AtomicReference<List<String>> during = new AtomicReference<>(List.of());
            AtomicInteger heartbeats = new AtomicInteger();

            Outcome<Answer> outcome =
                    gateway.askWindow(request(), call -> during.set(standIn.files()), heartbeats::incrementAndGet);

            assertThat(answered(outcome).moments()).hasSize(2);
            assertThat(during.get())
                    .containsExactly("tldr/" + STREAM.organizationId() + "/" + STREAM.streamId() + "/7");
            assertThat(standIn.files()).isEmpty();
            assertThat(standIn.calls(Operation.GET_FILE)).hasSize(2);
            assertThat(heartbeats.get()).isGreaterThan(4);
        }
    }

    @Test
    void aModelWithoutLevelsOfThinkingIsAskedToo(@TempDir Path folder) throws Exception {
        try (GeminiStandIn older = start(folder, new Settings(CANARY, List.of("gemini-2.5-flash"), 10, 0));
                GeminiGateway gateway = new GeminiGateway(
                        properties(older.url(), CANARY, "models/gemini-2.5-flash", INLINE), Clock.systemUTC())) {
            assertThat(answered(ask(gateway)).moments()).hasSize(2);
        }
    }

    @Test
    void everyRequestIsWrittenDownBeforeAndAfterWithWhatItCost() {
        try (GeminiGateway gateway = gateway(INLINE)) {
            Outcome<Answer> outcome = ask(gateway);

            assertThat(journal).extracting(ModelCall::state).containsExactly(State.SENT, State.CHARGED);
            assertThat(journal)
                    .extracting(ModelCall::id)
                    .containsOnly(journal.getFirst().id());
            TokenUsage usage = journal.getLast().usage();
            assertThat(usage.input()).isEqualTo(standIn.charged().prompt());
            assertThat(usage.video()).isEqualTo(9 * 66);
            assertThat(usage.output())
                    .isEqualTo(standIn.charged().output() + standIn.charged().thoughts());
            assertThat(outcome.usage()).isEqualTo(usage);
            assertThat(outcome.cost())
                    .isEqualTo(PriceTable.PUBLISHED.cost(
                            "gemini-3.8-flash",
                            Clock.systemUTC().instant().atZone(ZoneOffset.UTC).toLocalDate(),
                            usage));
        }
    }

    @Test
    void theEstimateIsNotBelowWhatIsCharged() {
        try (GeminiGateway gateway = gateway(INLINE)) {
            TokenUsage estimate = gateway.estimate(question(), request().clip());

            TokenUsage charged = ask(gateway).usage();

            assertThat(estimate.text()).isGreaterThanOrEqualTo(charged.text());
            assertThat(estimate.video()).isGreaterThanOrEqualTo(charged.video());
            assertThat(estimate.audio()).isGreaterThanOrEqualTo(charged.audio());
            assertThat(estimate.output()).isGreaterThanOrEqualTo(charged.output());
            assertThat(gateway.cost(estimate).compareTo(gateway.cost(charged)) >= 0)
                    .isTrue();
        }
    }

    @Test
    void anAnswerInProseIsAskedForOnceMoreWithItsFault() {
        standIn.faults().next(Operation.GENERATE, 1, Fault.PROSE);
        try (GeminiGateway gateway = gateway(NEVER_INLINE)) {
            Outcome<Answer> outcome = ask(gateway);

            assertThat(answered(outcome).moments()).hasSize(2);
            assertThat(journal).extracting(ModelCall::kind).contains(Kind.REPAIR);
            assertThat(outcome.usage().input()).isEqualTo(standIn.charged().prompt());
            assertThat(journal.get(2).usage().input())
                    .isGreaterThanOrEqualTo(journal.get(3).usage().input());
            JsonNode second = standIn.calls(Operation.GENERATE).getLast().body();
            assertThat(second.at("/contents/1/role").asText()).isEqualTo("model");
            assertThat(second.at("/contents/2/parts/0/text").asText()).contains("an array named \"moments\"");
            assertThat(standIn.files()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"PROSE", "EMPTY", "CUT_OFF"})
    void anAnswerThatIsOfNoUseTwiceIsLeftToTheRules(Fault fault) {
        standIn.faults().next(Operation.GENERATE, 2, fault);
        try (GeminiGateway gateway = gateway(NEVER_INLINE)) {
            Outcome<Answer> outcome = ask(gateway);

            assertThat(reason(outcome))
                    .isEqualTo(fault == Fault.PROSE ? Reason.MALFORMED : Reason.valueOf(fault.name()));
            assertThat(explanation(outcome))
                    .as("words for people, not those for the model")
                    .matches(
                            "the model's answer cannot be used: it (has not the asked form|is empty|is longer than it may"
                                    + " be)");
            assertThat(outcome.usage().input()).isEqualTo(standIn.charged().prompt());
            assertThat(standIn.calls(Operation.GENERATE)).hasSize(2);
            assertThat(standIn.files()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"QUESTION_BLOCKED", "ANSWER_BLOCKED"})
    void whatIsBlockedIsAskedOnceMoreAndThenLeftToTheRules(Fault fault) {
        standIn.faults().next(Operation.GENERATE, 2, fault);
        try (GeminiGateway gateway = gateway(NEVER_INLINE)) {
            Outcome<Answer> outcome = ask(gateway);

            assertThat(reason(outcome)).isEqualTo(Reason.BLOCKED);
            assertThat(explanation(outcome))
                    .matches("Google's filters (refused the question|withheld the answer): [A-Z_]+");
            assertThat(standIn.calls(Operation.GENERATE)).hasSize(2);
            assertThat(standIn.files()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"QUESTION_BLOCKED", "ANSWER_BLOCKED"})
    void whatIsBlockedOnceMayBeAnsweredAtTheSecondTry(Fault fault) {
        standIn.faults().next(Operation.GENERATE, 1, fault);
        try (GeminiGateway gateway = gateway(NEVER_INLINE)) {
            assertThat(answered(ask(gateway)).moments()).isNotEmpty();

            assertThat(journal).extracting(ModelCall::kind).contains(Kind.REPAIR);
            JsonNode second = standIn.calls(Operation.GENERATE).getLast().body();
            assertThat(second.at("/contents").size()).isEqualTo(1);
            assertThat(second.at("/contents/0/parts").toString()).contains("cannot be used");
        }
    }

    @Test
    void aClipThatGoogleCannotReadIsLeftToTheRulesAndCostsNothing() {
        standIn.faults().next(Operation.UPLOAD, 1, Fault.FILE_FAILED);
        try (GeminiGateway gateway = gateway(NEVER_INLINE)) {
            Outcome<Answer> outcome = ask(gateway);

            assertThat(reason(outcome)).isEqualTo(Reason.CLIP_REFUSED);
            assertThat(outcome.cost()).isEqualTo(Cost.ZERO);
            assertThat(journal).isEmpty();
            assertThat(standIn.files()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"OVERLOADED", "BROKEN", "HANGS_UP", "PAGE"})
    void anyTroubleAfterTheUploadIsRetryableAndLeavesNoFile(Fault fault) {
        standIn.faults().next(Operation.GENERATE, 1, fault);
        try (GeminiGateway gateway = gateway(NEVER_INLINE)) {
            assertThatThrownBy(() -> ask(gateway)).isInstanceOf(GeminiException.Away.class);

            boolean refused = fault == Fault.OVERLOADED || fault == Fault.BROKEN;
            assertThat(journal.getLast().state()).isEqualTo(refused ? State.NOT_CHARGED : State.UNKNOWN);
            assertThat(journal.getLast().refusedWith() != null).isEqualTo(refused);
            assertThat(journal.getLast().cost().equals(Cost.ZERO)).isEqualTo(refused);
            assertThat(standIn.calls(Operation.GENERATE)).hasSize(1);
            assertThat(standIn.files()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Operation.class,
            names = {"UPLOAD", "GET_FILE"})
    void troubleBeforeTheQuestionLeavesNoFileEither(Operation operation) {
        standIn.faults().next(operation, 1, Fault.HANGS_UP);
        try (GeminiGateway gateway = gateway(NEVER_INLINE)) {
            assertThatThrownBy(() -> ask(gateway)).isInstanceOf(GeminiException.Away.class);

            assertThat(journal).isEmpty();
            assertThat(standIn.files()).isEmpty();
        }
    }

    @Test
    void aDeletionThatFailsIsTriedAgain() {
        standIn.faults().next(Operation.DELETE_FILE, 2, Fault.OVERLOADED);
        try (GeminiGateway gateway = gateway(NEVER_INLINE)) {
            ask(gateway);

            assertThat(standIn.files()).isEmpty();
        }
    }

    @Test
    void anAnswerIsKeptBeforeADeletionThatNobodyAnswersAndItsWaitingShowsSignsOfLifeAndEnds() {
        standIn.faults().next(Operation.DELETE_FILE, 1, Fault.SILENT);
        try (GeminiGateway gateway = gateway(NEVER_INLINE)) {
            List<Outcome<Answer>> kept = new CopyOnWriteArrayList<>();
            List<Long> signs = new CopyOnWriteArrayList<>();
            AtomicReference<Long> keptAt = new AtomicReference<>(0L);
            long begun = System.nanoTime();

            Outcome<Answer> outcome = gateway.askWindow(
                    request(),
                    journal::add,
                    answer -> {
                        assertThat(standIn.calls(Operation.DELETE_FILE)).isEmpty();
                        kept.add(answer);
                        keptAt.set(System.nanoTime());
                    },
                    () -> signs.add(System.nanoTime()));

            assertThat(kept).containsExactly(outcome);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(18));
            assertThat(signs).filteredOn(sign -> sign > keptAt.get()).hasSizeGreaterThan(10);
            assertThat(standIn.files()).as("left to the sweep").hasSize(1);
        }
    }

    @Test
    void aClipThatWasLeftIsFoundByWhoeverAsksNextAndUsedAndDeleted() {
        standIn.faults().next(Operation.DELETE_FILE, 3, Fault.OVERLOADED);
        try (GeminiGateway gateway = gateway(NEVER_INLINE)) {
            ask(gateway);
            assertThat(standIn.files()).hasSize(1);

            assertThat(answered(ask(gateway)).moments()).hasSize(2);

            assertThat(standIn.calls(Operation.UPLOAD).getLast().status()).isEqualTo(409);
            assertThat(uris()).hasSize(2).containsOnly(uris().getFirst());
            assertThat(uris().getFirst()).matches(".*/files/tldr-[0-9a-f]{32}");
            assertThat(standIn.files()).isEmpty();
        }
    }

    @Test
    void aClipThatWasLeftAndIsAnotherIsDeletedAndNotAskedAbout(@TempDir Path folder) throws IOException {
        Path other = Files.writeString(folder.resolve("other.mp4"), "no video");
        ProxyClip unreadable = new ProxyClip(other, "video/mp4", Files.size(other), 9, 1, true);
        standIn.faults().next(Operation.DELETE_FILE, 3, Fault.OVERLOADED);
        try (GeminiGateway gateway = gateway(NEVER_INLINE)) {
            WindowRequest same = new WindowRequest(STREAM, request().window(), question(), unreadable, 8192);
            assertThat(reason(gateway.askWindow(same, journal::add, () -> {}))).isEqualTo(Reason.CLIP_REFUSED);
            assertThat(standIn.files()).hasSize(1);

            assertThat(answered(ask(gateway)).moments()).hasSize(2);

            assertThat(standIn.calls(Operation.UPLOAD))
                    .extracting(Call::status)
                    .filteredOn(status -> status == 409)
                    .hasSize(1);
            assertThat(standIn.files()).isEmpty();
        }
    }

    private List<String> uris() {
        return standIn.calls(Operation.GENERATE).stream()
                .map(call -> call.body().findValue("fileUri").asText())
                .toList();
    }

    @Test
    void theSweepRemovesWhatNobodyDeletedAndNothingYounger() {
        standIn.faults().next(Operation.DELETE_FILE, 3, Fault.OVERLOADED);
        try (GeminiGateway gateway = gateway(NEVER_INLINE)) {
            ask(gateway);
            assertThat(standIn.files()).hasSize(1);

            assertThat(gateway.sweep(Duration.ofHours(1))).isZero();
            assertThat(standIn.files()).hasSize(1);
            await().until(() -> gateway.sweep(Duration.ZERO) == 1);
            assertThat(standIn.files()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"OVERLOADED", "HANGS_UP", "PAGE"})
    void aSweepOrACheckThatFailsIsRetryableToo(Fault fault) {
        standIn.faults().next(Operation.LIST_FILES, 1, fault).next(Operation.GET_MODEL, 1, fault);
        try (GeminiGateway gateway = gateway(INLINE)) {
            assertThatThrownBy(() -> gateway.sweep(Duration.ZERO)).isInstanceOf(GeminiException.Away.class);
            assertThatThrownBy(gateway::check).isInstanceOf(GeminiException.Away.class);
        }
    }

    @Test
    void googleIsAskedToWaitAsLongAsItSays() {
        standIn.faults().next(Operation.GENERATE, 1, Fault.THROTTLED);
        try (GeminiGateway gateway = gateway(NEVER_INLINE)) {
            assertThatThrownBy(() -> ask(gateway))
                    .isInstanceOfSatisfying(GeminiException.Throttled.class, throttled -> assertThat(throttled.delay())
                            .isEqualTo(Duration.ofMillis(17_250)));
            assertThat(standIn.files()).isEmpty();
        }
    }

    @Test
    void tooManyRequestsInAMinuteAreThrottledForTheRestOfIt(@TempDir Path folder) throws Exception {
        try (GeminiStandIn slow = start(folder, new Settings(CANARY, List.of("gemini-3.8-flash"), 1, 0));
                GeminiGateway gateway = new GeminiGateway(
                        properties(slow.url(), CANARY, "gemini-3.8-flash", INLINE), Clock.systemUTC())) {
            ask(gateway);

            assertThatThrownBy(() -> ask(gateway))
                    .isInstanceOfSatisfying(GeminiException.Throttled.class, throttled -> assertThat(throttled.delay())
                            .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60)));
        }
    }

    @Test
    void aQuotaOfTheDayIsNotRetryable() {
        standIn.faults().next(Operation.GENERATE, 1, Fault.DAY_USED_UP);
        try (GeminiGateway gateway = gateway(INLINE)) {
            Throwable thrown = catchThrowable(() -> ask(gateway));

            assertThat(thrown).isInstanceOfSatisfying(GeminiException.QuotaExhausted.class, exhausted -> assertThat(
                            exhausted.isRetryable())
                    .isFalse());
        }
    }

    @Test
    void aWrongModelAndAWrongKeyAreToldWithTheSettingToCheck() {
        GeminiProperties model = properties(standIn.url(), CANARY, "gemini-9-ultra", INLINE);
        GeminiProperties key = properties(standIn.url(), "AIzaSyAnother", "gemini-3.8-flash", INLINE);
        try (GeminiGateway wrongModel = new GeminiGateway(model, Clock.systemUTC());
                GeminiGateway wrongKey = new GeminiGateway(key, Clock.systemUTC());
                GeminiGateway right = gateway(INLINE)) {
            assertThatThrownBy(wrongModel::check)
                    .isInstanceOf(GeminiException.UnknownModel.class)
                    .hasMessageContaining("GEMINI_MODEL")
                    .hasMessageContaining("gemini-9-ultra");
            assertThatThrownBy(() -> ask(wrongKey))
                    .isInstanceOf(GeminiException.RefusedKey.class)
                    .hasMessageContaining("GEMINI_API_KEY");
            right.check();
        }
    }

    @Test
    void whatFindsNoConnectionIsNotSentAndCostsNothing() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        GeminiProperties all = properties("http://127.0.0.1:" + nobody, CANARY, "gemini-3.8-flash", INLINE);
        try (GeminiGateway gateway = new GeminiGateway(all, Clock.systemUTC())) {
            assertThatThrownBy(() -> ask(gateway))
                    .isInstanceOf(GeminiException.Away.class)
                    .hasMessageContaining("Connection refused");

            assertThat(journal).extracting(ModelCall::state).containsExactly(State.SENT, State.UNSENT);
            assertThat(journal.getLast().cost()).isEqualTo(Cost.ZERO);
            assertThat(journal.getLast().usage()).isEqualTo(TokenUsage.NONE);
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUpAtTheTimeLimit() {
        standIn.faults().next(Operation.GENERATE, 1, Fault.SILENT);
        GeminiProperties all = properties(standIn.url(), CANARY, "gemini-3.8-flash", INLINE);
        try (GeminiGateway gateway = new GeminiGateway(impatient(all, Duration.ofMillis(300)), Clock.systemUTC())) {
            assertThatThrownBy(() -> ask(gateway)).isInstanceOf(GeminiException.Away.class);

            assertThat(journal.getLast().state()).isEqualTo(State.UNKNOWN);
        }
    }

    @Test
    void aCancelledQuestionEndsAtOnceAndLeavesNoFile() {
        standIn.faults().next(Operation.GENERATE, 1, Fault.SILENT);
        try (GeminiGateway gateway = gateway(NEVER_INLINE)) {
            Runnable cancelling = () -> {
                if (!standIn.calls(Operation.GENERATE).isEmpty()) {
                    throw new CancellationException("the stream was stopped");
                }
            };

            assertThatThrownBy(() -> gateway.askWindow(request(), journal::add, cancelling))
                    .isInstanceOf(CancellationException.class)
                    .hasMessage("the stream was stopped");

            assertThat(journal.getLast().state()).isEqualTo(State.UNKNOWN);
            assertThat(standIn.files()).isEmpty();
        }
    }

    @Test
    void anInterruptedQuestionLeavesNoFileAndStaysInterrupted() throws Exception {
        standIn.faults().next(Operation.GENERATE, 1, Fault.SILENT);
        try (GeminiGateway gateway = gateway(NEVER_INLINE)) {
            AtomicReference<Throwable> thrown = new AtomicReference<>(new AssertionError("it ended by itself"));
            AtomicReference<Boolean> interrupted = new AtomicReference<>(false);
            Thread asking = Thread.ofVirtual().start(() -> {
                thrown.set(catchThrowable(() -> ask(gateway)));
                interrupted.set(Thread.currentThread().isInterrupted());
            });
            await().until(() -> !standIn.calls(Operation.GENERATE).isEmpty());

            asking.interrupt();
            asking.join();

            assertThat(thrown.get()).isInstanceOf(CancellationException.class);
            assertThat(interrupted.get()).isTrue();
            assertThat(standIn.files()).isEmpty();
        }
    }

    @Test
    void whatTheJournalRefusesIsNotSent() {
        try (GeminiGateway gateway = gateway(NEVER_INLINE)) {
            assertThatThrownBy(() -> gateway.askWindow(
                            request(),
                            call -> {
                                throw new IllegalStateException("over the budget");
                            },
                            () -> {}))
                    .hasMessage("over the budget");

            assertThat(standIn.calls(Operation.GENERATE)).isEmpty();
            assertThat(standIn.files()).isEmpty();
        }
    }

    @Test
    void finalistsAreComparedWithTheirPictures() {
        Path picture = TestMedia.make(
                Path.of("target").toAbsolutePath(),
                "-f lavfi -i testsrc2=size=320x180:duration=1 -frames:v 1 -update 1 finalist.jpg");
        List<Finalist> finalists = List.of(
                new Finalist(1, "A goal", "In.", Map.of("action", 0.9), picture),
                new Finalist(2, "A far longer title", "And a reason that goes on.", Map.of("action", 0.8), null));
        try (GeminiGateway gateway = gateway(INLINE)) {
            Outcome<Ranking> outcome = gateway.compareFinalists(STREAM, finalists, 2000, journal::add, () -> {});

            assertThat(outcome).isInstanceOf(Outcome.Answered.class);
            Ranking ranking = ((Outcome.Answered<Ranking>) outcome).answer();
            assertThat(ranking.places()).extracting(Ranking.Place::number).containsExactly(2, 1);
            assertThat(journal.getLast().kind()).isEqualTo(Kind.COMPARISON);
            assertThat(standIn.charged().image()).isPositive();
        }
    }

    private static GeminiProperties impatient(GeminiProperties all, Duration timeout) {
        return new GeminiProperties(
                all.apiKey(),
                all.baseUrl(),
                all.model(),
                all.thinkingLevel(),
                timeout,
                all.maxRetries(),
                all.retryDelay(),
                all.processingPatience(),
                all.pollInterval(),
                all.heartbeatInterval(),
                DataSize.ofMegabytes(8),
                all.maxOutputTokens(),
                null,
                null,
                null,
                null,
                null,
                List.of());
    }

    private static Answer answered(Outcome<Answer> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Answered.class);
        return ((Outcome.Answered<Answer>) outcome).answer();
    }

    private static Reason reason(Outcome<Answer> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Unusable.class);
        return ((Outcome.Unusable<Answer>) outcome).reason();
    }

    private static String explanation(Outcome<Answer> outcome) {
        return outcome instanceof Outcome.Unusable<Answer> unusable ? unusable.explanation() : "it was of use";
    }
}
