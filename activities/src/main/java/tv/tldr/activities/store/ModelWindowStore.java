package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Columns.word;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.gemini.Answer;
import tv.tldr.activities.gemini.AskedKey;
import tv.tldr.activities.gemini.Cost;
import tv.tldr.activities.gemini.Outcome;
import tv.tldr.activities.gemini.Outcome.Reason;
import tv.tldr.activities.gemini.TokenUsage;
import tv.tldr.workflows.activity.StreamRef;

/** Which windows of a stream was the model asked about, and what did it say? What is stored is never asked again. */
public final class ModelWindowStore {
    private final Database database;

    ModelWindowStore(Database database) {
        this.database = database;
    }

    /**
     * What came of exactly this question; empty when it was not asked, or its asker was killed before it knew. Of what an
     * earlier analysis asked only a usable answer about all of the window counts: the present one may get a better one.
     */
    public Mono<AskedWindow> findAnswer(StreamRef stream, AskedKey asked) {
        GenericExecuteSpec query = of(stream, """
                        SELECT * FROM model_windows
                        WHERE organization_id = :organization AND stream_id = :stream AND asked = :asked
                          AND (answer IS NOT NULL AND degraded IS NULL OR analysis = (
                              SELECT analysis FROM streams WHERE organization_id = :organization AND id = :stream))
                        ORDER BY answer IS NULL, answered_at LIMIT 1
                        """).bind("asked", asked.sha256());
        return database.one(query, ModelWindowStore::window);
    }

    /** A usable answer to exactly this question, in whichever analysis it was given. */
    public Mono<AskedWindow> findUsable(StreamRef stream, AskedKey asked) {
        GenericExecuteSpec query = of(stream, """
                        SELECT * FROM model_windows
                        WHERE organization_id = :organization AND stream_id = :stream AND asked = :asked
                          AND answer IS NOT NULL
                        ORDER BY answered_at LIMIT 1
                        """).bind("asked", asked.sha256());
        return database.one(query, ModelWindowStore::window);
    }

    /** Everything that was asked about a stream, by window. */
    public Flux<AskedWindow> list(StreamRef stream) {
        return database.all(of(stream, """
                        SELECT * FROM model_windows
                        WHERE organization_id = :organization AND stream_id = :stream
                        ORDER BY window_number, answered_at
                        """), ModelWindowStore::window);
    }

    /**
     * Stores what came of a question. What is stored of the same question already stays, unless it was of no use to an earlier
     * analysis.
     */
    public Mono<Void> save(StreamRef stream, AskedWindow window) {
        GenericExecuteSpec insert = of(stream, """
                        INSERT INTO model_windows (organization_id, stream_id, window_number, asked, model, answer,
                                                   unusable_reason, explanation, degraded,
                                                   text_tokens, video_tokens, audio_tokens, output_tokens, cost_usd,
                                                   analysis)
                        SELECT :organization, :stream, :window, :asked, :model, :answer::json,
                               :reason, :explanation, :degraded, :text, :video, :audio, :output, :cost, analysis
                        FROM streams WHERE organization_id = :organization AND id = :stream
                        ON CONFLICT (organization_id, stream_id, window_number, asked) DO UPDATE SET
                            model = excluded.model, answer = excluded.answer, unusable_reason = excluded.unusable_reason,
                            explanation = excluded.explanation, degraded = excluded.degraded,
                            text_tokens = excluded.text_tokens, video_tokens = excluded.video_tokens,
                            audio_tokens = excluded.audio_tokens, output_tokens = excluded.output_tokens,
                            cost_usd = excluded.cost_usd, analysis = excluded.analysis, answered_at = now()
                        WHERE model_windows.answer IS NULL AND model_windows.analysis < excluded.analysis
                        """)
                .bind("window", window.window())
                .bind("asked", window.asked().sha256())
                .bind("model", window.model())
                .bind("degraded", Database.nullable(String.class, window.degraded()));
        TokenUsage usage = window.outcome().usage();
        insert = outcome(insert, window.outcome())
                .bind("text", usage.text())
                .bind("video", usage.video())
                .bind("audio", usage.audio())
                .bind("output", usage.output())
                .bind("cost", window.outcome().cost().usd());
        return database.update(insert).then();
    }

    private static GenericExecuteSpec outcome(GenericExecuteSpec insert, Outcome<Answer> outcome) {
        return switch (outcome) {
            case Outcome.Answered<Answer> answered -> words(insert, Jsonb.text(answered.answer()), null, null);
            case Outcome.Unusable<Answer> unusable ->
                words(insert, null, unusable.reason().name().toLowerCase(Locale.ROOT), unusable.explanation());
        };
    }

    private static GenericExecuteSpec words(
            GenericExecuteSpec insert, @Nullable String answer, @Nullable String reason, @Nullable String explanation) {
        return insert.bind("answer", Database.nullable(String.class, answer))
                .bind("reason", Database.nullable(String.class, reason))
                .bind("explanation", Database.nullable(String.class, explanation));
    }

    private static AskedWindow window(Readable row) {
        TokenUsage usage = new TokenUsage(
                required(row, "text_tokens", Long.class),
                required(row, "video_tokens", Long.class),
                required(row, "audio_tokens", Long.class),
                required(row, "output_tokens", Long.class));
        Cost cost = new Cost(required(row, "cost_usd", BigDecimal.class));
        Json answer = optional(row, "answer", Json.class);
        Outcome<Answer> outcome = answer == null
                ? new Outcome.Unusable<>(
                        word(row, "unusable_reason", Reason.class),
                        required(row, "explanation", String.class),
                        usage,
                        cost)
                : new Outcome.Answered<>(Jsonb.read(answer, Answer.class), usage, cost);
        return new AskedWindow(
                required(row, "window_number", Integer.class),
                new AskedKey(required(row, "asked", String.class)),
                required(row, "model", String.class),
                outcome,
                optional(row, "degraded", String.class));
    }

    private GenericExecuteSpec of(StreamRef stream, String statement) {
        return database.sql(statement)
                .bind("organization", stream.organizationId().uuid())
                .bind("stream", stream.streamId().uuid());
    }
}
