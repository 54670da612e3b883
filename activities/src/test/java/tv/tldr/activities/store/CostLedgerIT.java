package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tv.tldr.activities.gemini.Answer;
import tv.tldr.activities.gemini.Answer.Flag;
import tv.tldr.activities.gemini.Answer.Line;
import tv.tldr.activities.gemini.Answer.Moment;
import tv.tldr.activities.gemini.Answer.Score;
import tv.tldr.activities.gemini.AskedKey;
import tv.tldr.activities.gemini.Budget;
import tv.tldr.activities.gemini.Budget.Spent;
import tv.tldr.activities.gemini.Budget.Verdict;
import tv.tldr.activities.gemini.Cost;
import tv.tldr.activities.gemini.ModelCall;
import tv.tldr.activities.gemini.ModelCall.Kind;
import tv.tldr.activities.gemini.ModelCall.State;
import tv.tldr.activities.gemini.Outcome;
import tv.tldr.activities.gemini.Outcome.Reason;
import tv.tldr.activities.gemini.TokenUsage;
import tv.tldr.workflows.activity.StreamRef;

class CostLedgerIT extends StoreIT {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final TokenUsage USAGE = new TokenUsage(1000, 4200, 1920, 700);
    private static final AskedKey ASKED = new AskedKey("ab".repeat(32));

    private CostLedger ledger;
    private ModelWindowStore windows;
    private StreamRef stream;

    @BeforeEach
    void beginAStream() {
        ledger = new CostLedger(stores.database);
        windows = new ModelWindowStore(stores.database);
        stream = stores.submitted(stores.organization());
    }

    @Test
    void aCallThatIsToldTwiceCountsOnce() {
        ModelCall call = call(stream, NOON, "0.25", State.CHARGED);

        ledger.record(call).block();
        ledger.record(call).block();

        assertThat(answer(ledger.spent(stream, NOON)).stream()).isEqualTo(Cost.of("0.25"));
        assertThat(answer(ledger.spent(stream, NOON)).callsDay()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void aCallOnItsWayCountsAtItsEstimateUntilItsCostIsKnown() {
        UUID id = FreshUuid.next();

        ledger.record(call(id, stream, NOON, "0.40", State.SENT)).block();
        assertThat(answer(ledger.spent(stream, NOON)).stream()).isEqualTo(Cost.of("0.40"));

        ledger.record(call(id, stream, NOON, "0.10", State.CHARGED)).block();
        ledger.record(call(id, stream, NOON, "0.40", State.SENT)).block();
        assertThat(answer(ledger.spent(stream, NOON)).stream()).isEqualTo(Cost.of("0.10"));
    }

    @Test
    void aCallThatFoundNoConnectionIsNoneOfTheDay() {
        Instant at = Instant.parse("2033-05-05T12:00:00Z");
        UUID id = FreshUuid.next();
        ledger.record(call(id, stream, at, "0.40", State.SENT)).block();
        assertThat(answer(ledger.spent(stream, at)).callsDay()).isEqualTo(1);

        ledger.record(call(id, stream, at, "0", State.UNSENT)).block();

        assertThat(answer(ledger.spent(stream, at))).isEqualTo(new Spent(Cost.ZERO, Cost.ZERO, Cost.ZERO, 0));
    }

    @Test
    void daysOfMoneyBeginAtMidnightUtcAndDaysOfRequestsInCalifornia() {
        Instant at = Instant.parse("2031-05-05T01:00:00Z");
        ledger.record(call(stream, at.minusSeconds(3601), "1", State.CHARGED)).block();
        ledger.record(call(stream, at.minusSeconds(3600), "2", State.CHARGED)).block();
        ledger.record(call(stores.submitted(stores.organization()), at, "4", State.CHARGED))
                .block();

        assertThat(answer(ledger.spent(stream, at))).isEqualTo(new Spent(Cost.of("3"), Cost.of("2"), Cost.of("6"), 3));
    }

    @Test
    void whatWasSpentStaysSpentWhenTheStreamIsDeleted() {
        ledger.record(call(stream, NOON, "0.5", State.CHARGED)).block();
        stores.owner
                .update(stores.owner
                        .sql("DELETE FROM streams WHERE id = :id")
                        .bind("id", stream.streamId().uuid()))
                .block();

        assertThat(answer(ledger.spent(stream, NOON)).organizationDay()).isEqualTo(Cost.of("0.5"));
    }

    @Test
    void whatWasAskedStaysAskedOfTheInstallationWhenTheOrganizationIsDeleted() {
        Instant at = Instant.now();
        Spent before = answer(ledger.spent(stream, at));
        StreamRef leaving = stores.submitted(stores.organization());
        ledger.record(call(leaving, at, "0.5", State.CHARGED)).block();
        ledger.record(call(stream, at, "0.25", State.CHARGED)).block();
        stores.owner
                .update(stores.owner
                        .sql("DELETE FROM organizations WHERE id = :id")
                        .bind("id", leaving.organizationId().uuid()))
                .block();

        Spent after = answer(ledger.spent(stream, at));
        assertThat(after.organizationDay()).isEqualTo(Cost.of("0.25"));
        assertThat(after.day()).isEqualTo(before.day().plus(Cost.of("0.75")));
        assertThat(after.callsDay()).isEqualTo(before.callsDay() + 2);
    }

    @Test
    void anAnswerIsFoundByItsQuestionAndItsWindowAndByItsOwnTenantOnly() {
        Outcome<Answer> outcome = new Outcome.Answered<>(sample(), USAGE, Cost.of("0.004711"));
        windows.save(stream, new AskedWindow(3, ASKED, "gemini-3.8-flash", outcome, "fewer_frames"))
                .block();

        assertThat(answer(windows.findAnswer(stream, ASKED)).outcome()).isEqualTo(outcome);
        assertThat(windows.findAnswer(stream, new AskedKey("cd".repeat(32))).blockOptional())
                .isEmpty();
        StreamRef asStranger = new StreamRef(stores.organization(), stream.streamId());
        assertThat(windows.findAnswer(asStranger, ASKED).blockOptional()).isEmpty();
        assertThat(all(windows.list(stream)))
                .containsExactly(new AskedWindow(3, ASKED, "gemini-3.8-flash", outcome, "fewer_frames"));
    }

    @Test
    void theFirstAnswerStaysAndOneThatIsOfNoUseIsRememberedToo() {
        Outcome<Answer> blocked = new Outcome.Unusable<>(Reason.BLOCKED, "withheld", USAGE, Cost.of("0.01"));
        windows.save(stream, new AskedWindow(0, ASKED, "m", blocked, null)).block();
        windows.save(stream, new AskedWindow(0, ASKED, "m", new Outcome.Answered<>(sample(), USAGE, Cost.ZERO), null))
                .block();

        assertThat(answer(windows.findAnswer(stream, ASKED)).outcome()).isEqualTo(blocked);
    }

    @Test
    void windowsInParallelDoNotOverspendTogether() {
        Budget budget = new Budget(Cost.of("1"), null, null, null, null);

        List<Verdict> verdicts = all(
                Flux.range(0, 200).flatMap(i -> ledger.admitAsOf(call(stream, NOON, "0.019", State.SENT), budget), 8));

        assertThat(verdicts)
                .filteredOn(verdict -> verdict instanceof Verdict.Allowed)
                .hasSize(52);
        assertThat(answer(ledger.spent(stream, NOON)).stream()).isEqualTo(Cost.of("0.988"));
    }

    @Test
    void whatCostLessThanItsEstimateLeavesRoomForOthers() {
        Budget budget = new Budget(Cost.of("1"), null, null, null, null);
        UUID id = FreshUuid.next();
        assertThat(answer(ledger.admitAsOf(call(id, stream, NOON, "0.90", State.SENT), budget)))
                .isEqualTo(new Verdict.Allowed(Cost.of("0.10")));
        assertThat(answer(ledger.admitAsOf(call(stream, NOON, "0.90", State.SENT), budget)))
                .isInstanceOf(Verdict.Pending.class);

        ledger.record(call(id, stream, NOON, "0.05", State.CHARGED)).block();

        assertThat(answer(ledger.admitAsOf(call(stream, NOON, "0.90", State.SENT), budget)))
                .isInstanceOf(Verdict.Allowed.class);
    }

    @Test
    void whatIsReservedForACallWhoseSenderWasKilledIsSpentInTheEnd() {
        Budget budget = new Budget(null, Cost.of("1"), null, null, null);
        StreamRef other = stores.submitted(stream.organizationId());
        ledger.record(call(other, NOON, "0.90", State.SENT)).block();

        ModelCall soon = call(stream, NOON.plus(Duration.ofMinutes(9)), "0.20", State.SENT);
        ModelCall late = call(stream, NOON.plus(Duration.ofMinutes(12)), "0.20", State.SENT);

        assertThat(answer(ledger.admitAsOf(soon, budget))).isInstanceOf(Verdict.Pending.class);
        assertThat(answer(ledger.admitAsOf(late, budget))).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void theFirstRefusalOfAQuestionIsKnown() {
        ledger.record(call(stream, NOON.minusSeconds(9), "0", State.NOT_CHARGED))
                .block();
        ledger.record(call(stream, NOON.plusSeconds(1), "0.1", State.CHARGED)).block();
        ledger.record(call(stream, NOON.plusSeconds(2), "0", State.NOT_CHARGED)).block();
        ledger.record(call(stream, NOON.plusSeconds(3), "0", State.NOT_CHARGED)).block();

        assertThat(answer(ledger.refusedSince(stream, 0, NOON))).isEqualTo(NOON.plusSeconds(2));
        assertThat(ledger.refusedSince(stream, 1, NOON).blockOptional()).isEmpty();
        assertThat(ledger.refusedSince(stream, null, NOON).blockOptional()).isEmpty();
    }

    @Test
    void howLongTheModelRefusesIsSaidByTheClockOfTheDatabase() {
        Instant now = stores.database.now().blockOptional().orElseThrow();
        ledger.record(call(stream, now.minusSeconds(600), "0", State.NOT_CHARGED))
                .block();

        assertThat(answer(ledger.refusedFor(stream, 0, now.minusSeconds(1800))))
                .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
        assertThat(answer(ledger.refusedFor(stream, 1, now.minusSeconds(1800))))
                .as("not known: since the activity began")
                .isBetween(Duration.ofMinutes(30), Duration.ofMinutes(31));
    }

    @Test
    void whateverTheClockOfAProcessSaysACallIsOfTheDayAndTheMinuteOfTheDatabase() {
        Instant now = stores.database.now().blockOptional().orElseThrow();
        Budget budget = new Budget(null, Cost.of("1"), null, null, null);
        List<Instant> clocks = List.of(now.minus(Duration.ofDays(400)), now, now.plus(Duration.ofDays(400)));

        List<Verdict> verdicts = clocks.stream()
                .map(clock -> answer(ledger.admit(call(stream, clock, "0.40", State.SENT), budget)))
                .toList();

        assertThat(verdicts.subList(0, 2)).allMatch(verdict -> verdict instanceof Verdict.Allowed);
        assertThat(verdicts.getLast()).isNotInstanceOf(Verdict.Allowed.class);
        assertThat(answer(ledger.spent(stream)).organizationDay()).isEqualTo(Cost.of("0.80"));
        assertThat(all(stores.owner.all(
                        stores.owner
                                .sql("SELECT sent_at FROM model_calls WHERE stream_id = :id")
                                .bind("id", stream.streamId().uuid()),
                        row -> Columns.required(row, "sent_at", Instant.class))))
                .hasSize(2)
                .allSatisfy(sent -> assertThat(sent).isBetween(now, now.plusSeconds(60)));
    }

    @Test
    void withWhatARequestWasRefusedIsKept() {
        ModelCall sent = call(stream, NOON, "0.1", State.SENT);
        ModelCall refused = new ModelCall(
                sent.id(),
                stream,
                0,
                Kind.WINDOW,
                sent.model(),
                NOON,
                TokenUsage.NONE,
                Cost.ZERO,
                State.NOT_CHARGED,
                429);

        ledger.record(sent).block();
        ledger.record(refused).block();

        assertThat(stores.owner
                        .sql("SELECT refused_with FROM model_calls WHERE id = :id")
                        .bind("id", refused.id())
                        .mapValue(Integer.class)
                        .one()
                        .block())
                .isEqualTo(429);
    }

    @Test
    void theRequestsOfAMinuteAreLimitedForAllTogetherAndWhoIsOneTooManyLearnsHowLongToWait() {
        Instant at = Instant.parse("2025-05-05T01:00:00Z");
        Budget budget = new Budget(null, null, null, null, 10);
        StreamRef other = stores.submitted(stores.organization());

        List<Verdict> verdicts = all(Flux.range(0, 30)
                .flatMap(i -> ledger.admitAsOf(call(i % 2 == 0 ? stream : other, at, "0.01", State.SENT), budget), 8));

        assertThat(verdicts)
                .filteredOn(verdict -> verdict instanceof Verdict.Allowed)
                .hasSize(10);
        assertThat(verdicts)
                .filteredOn(verdict -> !(verdict instanceof Verdict.Allowed))
                .containsOnly(new Verdict.Later(Duration.ofSeconds(65)));
        assertThat(answer(ledger.admitAsOf(call(stream, at.plusSeconds(64), "0.01", State.SENT), budget)))
                .isEqualTo(new Verdict.Later(Duration.ofSeconds(1)));
        assertThat(answer(ledger.admitAsOf(call(stream, at.plusSeconds(65), "0.01", State.SENT), budget)))
                .isInstanceOf(Verdict.Allowed.class);
    }

    private static Answer sample() {
        Moment moment = new Moment(
                2,
                3,
                Map.of("action", new Score(0.8, 0.9, "a \"shot\"", null), "goal", new Score(0, 0, "", Flag.MISSING)),
                "Tor! ⚽",
                "The ball is in.",
                List.of(new Line(2, "he shoots")));
        return new Answer(List.of(moment), List.of(), List.of("the score of \"goal\" is MISSING"));
    }

    static ModelCall call(StreamRef stream, Instant at, String cost, State state) {
        return call(FreshUuid.next(), stream, at, cost, state);
    }

    private static ModelCall call(UUID id, StreamRef stream, Instant at, String cost, State state) {
        return new ModelCall(id, stream, 0, Kind.WINDOW, "gemini-3.8-flash", at, USAGE, Cost.of(cost), state, null);
    }
}
