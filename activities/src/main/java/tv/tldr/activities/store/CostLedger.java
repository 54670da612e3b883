package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.required;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;
import tv.tldr.activities.gemini.Budget;
import tv.tldr.activities.gemini.Budget.Reserved;
import tv.tldr.activities.gemini.Budget.Spent;
import tv.tldr.activities.gemini.Budget.Verdict;
import tv.tldr.activities.gemini.Cost;
import tv.tldr.activities.gemini.ModelCall;
import tv.tldr.activities.gemini.SpendingDay;
import tv.tldr.workflows.ActivityStubs;
import tv.tldr.workflows.activity.StreamRef;

/** What have requests to the model cost? Those on their way count at their estimate, as do those whose end is unknown. */
public final class CostLedger {
    /** Any number that no other lock of the program has. */
    private static final long ADMISSION = 0x7464_6c72_636f_7374L;

    /** A minute, and what ways to the model may differ by, and the clocks of hosts where a version of before still counts by them. */
    private static final Duration MINUTE = Duration.ofSeconds(65);

    /** Whoever has sent a call and not said what became of it by then was killed: what was reserved for it stays spent. */
    private static final Duration LONGEST_ON_ITS_WAY = ActivityStubs.LONGEST_QUESTION.plus(MINUTE);

    private final Database database;

    CostLedger(Database database) {
        this.database = database;
    }

    /**
     * Writes down a call, or what became of it. As often as it is told, it counts once; and what has ended does not go
     * back to being on its way, should the two arrive in the wrong order.
     */
    public Mono<Void> record(ModelCall call) {
        GenericExecuteSpec statement = database.sql(call.stream(), """
                        INSERT INTO model_calls (organization_id, id, stream_id, window_number, kind, model, sent_at, state,
                                                 text_tokens, video_tokens, audio_tokens, output_tokens, cost_usd,
                                                 refused_with)
                        VALUES (:organization, :id, :stream, :window, :kind, :model, :sent, :state,
                                :text, :video, :audio, :output, :cost, :refused)
                        ON CONFLICT (organization_id, id) DO UPDATE SET
                            state = excluded.state, text_tokens = excluded.text_tokens,
                            video_tokens = excluded.video_tokens, audio_tokens = excluded.audio_tokens,
                            output_tokens = excluded.output_tokens, cost_usd = excluded.cost_usd,
                            refused_with = excluded.refused_with
                        WHERE excluded.state <> 'sent'
                        """)
                .bind("id", call.id())
                .bind("window", Database.nullable(Integer.class, call.window()))
                .bind("kind", word(call.kind()))
                .bind("model", call.model())
                .bind("sent", call.at().atOffset(ZoneOffset.UTC))
                .bind("state", word(call.state()))
                .bind("text", call.usage().text())
                .bind("video", call.usage().video())
                .bind("audio", call.usage().audio())
                .bind("output", call.usage().output())
                .bind("cost", call.cost().usd())
                .bind("refused", Database.nullable(Integer.class, call.refusedWith()));
        return database.update(statement).then();
    }

    /** All that a budget is checked against, before a call for {@code stream}. */
    public Mono<Spent> spent(StreamRef stream) {
        return database.now().flatMap(now -> spent(stream, now));
    }

    Mono<Spent> spent(StreamRef stream, Instant now) {
        return database.one(
                database.acrossOrganizations("""
                        SELECT (SELECT coalesce(sum(cost_usd), 0) FROM model_requests
                                WHERE organization_id = :organization AND stream_id = :stream) AS stream,
                               (SELECT coalesce(sum(cost_usd), 0) FROM model_requests
                                WHERE organization_id = :organization AND sent_at >= :day) AS organization_day,
                               (SELECT coalesce(sum(cost_usd), 0) FROM installation_model_requests
                                WHERE sent_at >= :day) AS day,
                               (SELECT count(*)::integer FROM installation_model_requests
                                WHERE sent_at >= :googleDay) AS calls_day,
                               reserved.*
                        FROM (SELECT coalesce(sum(cost_usd) FILTER (
                                         WHERE organization_id = :organization AND stream_id = :stream), 0) AS reserved_stream,
                                     coalesce(sum(cost_usd) FILTER (
                                         WHERE organization_id = :organization AND sent_at >= :day), 0) AS reserved_organization_day,
                                     coalesce(sum(cost_usd) FILTER (WHERE sent_at >= :day), 0) AS reserved_day
                              FROM model_requests WHERE state = 'sent' AND sent_at >= :onTheirWay) AS reserved
                        """)
                        .bind("organization", stream.organizationId().uuid())
                        .bind("stream", stream.streamId().uuid())
                        .bind("onTheirWay", now.minus(LONGEST_ON_ITS_WAY).atOffset(ZoneOffset.UTC))
                        .bind("day", SpendingDay.ofBudget(now).atOffset(ZoneOffset.UTC))
                        .bind("googleDay", SpendingDay.ofGoogle(now).atOffset(ZoneOffset.UTC)),
                row -> new Spent(
                        new Cost(required(row, "stream", BigDecimal.class)),
                        new Cost(required(row, "organization_day", BigDecimal.class)),
                        new Cost(required(row, "day", BigDecimal.class)),
                        required(row, "calls_day", Integer.class),
                        new Reserved(
                                new Cost(required(row, "reserved_stream", BigDecimal.class)),
                                new Cost(required(row, "reserved_organization_day", BigDecimal.class)),
                                new Cost(required(row, "reserved_day", BigDecimal.class)))));
    }

    /**
     * Writes down a call that is sent now, if the budget and the limit of calls a minute allow it. Decided one after the
     * other for the whole installation, so that windows that are asked about in parallel cannot overspend together, and by the
     * database's clock: no process has another day, or another minute.
     *
     * @return refused, pending or later: nothing was written, and the call must not be sent
     */
    public Mono<Verdict> admit(ModelCall call, Budget budget) {
        return database.alone(ADMISSION, database.now().flatMap(now -> decide(call.sentAt(now), budget)));
    }

    /** The same of one that is sent when it says. */
    Mono<Verdict> admitAsOf(ModelCall call, Budget budget) {
        return database.alone(ADMISSION, decide(call, budget));
    }

    private Mono<Verdict> decide(ModelCall call, Budget budget) {
        return spent(call.stream(), call.at())
                .map(spent -> budget.check(call.cost(), spent))
                .flatMap(verdict ->
                        verdict instanceof Verdict.Allowed ? inTurn(call, budget, verdict) : Mono.just(verdict));
    }

    private Mono<Verdict> inTurn(ModelCall call, Budget budget, Verdict allowed) {
        return turn(call.at(), budget.callsMinute())
                .map(turn -> (Verdict) new Verdict.Later(Duration.between(call.at(), turn)))
                .switchIfEmpty(Mono.defer(() -> record(call).thenReturn(allowed)));
    }

    /** When the minute has room for one more; empty when it has now. A host whose clock is far ahead keeps nobody waiting. */
    private Mono<Instant> turn(Instant now, @Nullable Integer most) {
        if (most == null) {
            return Mono.empty();
        }
        return database.one(
                database.acrossOrganizations("""
                        SELECT sent_at FROM installation_model_requests
                        WHERE sent_at > :since AND sent_at < :until
                        ORDER BY sent_at DESC OFFSET :others LIMIT 1
                        """)
                        .bind("since", now.minus(MINUTE).atOffset(ZoneOffset.UTC))
                        .bind("until", now.plus(MINUTE).atOffset(ZoneOffset.UTC))
                        .bind("others", most - 1),
                row -> required(row, "sent_at", Instant.class).plus(MINUTE));
    }

    /**
     * For how long the model has refused a question: since its first request after {@code begun} that was answered with an error,
     * or since {@code begun} when none was.
     *
     * @param window null for a comparison
     */
    public Mono<Duration> refusedFor(StreamRef stream, @Nullable Integer window, Instant begun) {
        return Mono.zip(refusedSince(stream, window, begun).defaultIfEmpty(begun), database.now())
                .map(times -> Duration.between(times.getT1(), times.getT2()));
    }

    Mono<Instant> refusedSince(StreamRef stream, @Nullable Integer window, Instant begun) {
        return database.one(
                database.sql(stream, """
                        SELECT sent_at FROM model_calls
                        WHERE organization_id = :organization AND stream_id = :stream
                          AND window_number IS NOT DISTINCT FROM :window AND state = 'not_charged' AND sent_at >= :begun
                        ORDER BY sent_at LIMIT 1
                        """)
                        .bind("window", Database.nullable(Integer.class, window))
                        .bind("begun", begun.atOffset(ZoneOffset.UTC)),
                row -> required(row, "sent_at", Instant.class));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
