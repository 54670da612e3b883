package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Columns.word;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.gemini.AskedKey;
import tv.tldr.activities.gemini.Cost;
import tv.tldr.activities.gemini.Outcome;
import tv.tldr.activities.gemini.Outcome.Reason;
import tv.tldr.activities.gemini.Ranking;
import tv.tldr.activities.gemini.TokenUsage;
import tv.tldr.workflows.activity.StreamRef;

/** In which order did the model put the finalists of a stream? What is stored is never asked again. */
public final class ComparisonStore {
    private final Database database;

    ComparisonStore(Database database) {
        this.database = database;
    }

    /** What came of exactly this question; empty when it was not asked, or its asker was killed before it knew. */
    public Mono<AskedComparison> find(StreamRef stream, AskedKey asked) {
        return database.one(of(stream, """
                        SELECT * FROM model_comparisons
                        WHERE organization_id = :organization AND stream_id = :stream AND asked = :asked
                        """).bind("asked", asked.sha256()), ComparisonStore::comparison);
    }

    /** Everything that was compared in a stream, the latest first. */
    public Flux<AskedComparison> list(StreamRef stream) {
        return database.all(of(stream, """
                        SELECT * FROM model_comparisons
                        WHERE organization_id = :organization AND stream_id = :stream
                        ORDER BY answered_at DESC, asked
                        """), ComparisonStore::comparison);
    }

    /** Stores what came of a question; what is stored of the same question already stays. */
    public Mono<Void> save(StreamRef stream, AskedComparison comparison) {
        TokenUsage usage = comparison.outcome().usage();
        GenericExecuteSpec insert = of(stream, """
                        INSERT INTO model_comparisons (organization_id, stream_id, asked, model, finalists, answer,
                                                       unusable_reason, explanation,
                                                       text_tokens, video_tokens, audio_tokens, output_tokens, cost_usd)
                        VALUES (:organization, :stream, :asked, :model, :finalists, :answer::json,
                                :reason, :explanation, :text, :video, :audio, :output, :cost)
                        ON CONFLICT (organization_id, stream_id, asked) DO NOTHING
                        """)
                .bind("asked", comparison.asked().sha256())
                .bind("model", comparison.model())
                .bind("finalists", comparison.finalists().toArray(Integer[]::new))
                .bind("text", usage.text())
                .bind("video", usage.video())
                .bind("audio", usage.audio())
                .bind("output", usage.output())
                .bind("cost", comparison.outcome().cost().usd());
        return database.update(outcome(insert, comparison.outcome())).then();
    }

    private static GenericExecuteSpec outcome(GenericExecuteSpec insert, Outcome<Ranking> outcome) {
        return switch (outcome) {
            case Outcome.Answered<Ranking> answered -> words(insert, Jsonb.text(answered.answer()), null, null);
            case Outcome.Unusable<Ranking> unusable ->
                words(insert, null, unusable.reason().name().toLowerCase(Locale.ROOT), unusable.explanation());
        };
    }

    private static GenericExecuteSpec words(
            GenericExecuteSpec insert, @Nullable String answer, @Nullable String reason, @Nullable String explanation) {
        return insert.bind("answer", Database.nullable(String.class, answer))
                .bind("reason", Database.nullable(String.class, reason))
                .bind("explanation", Database.nullable(String.class, explanation));
    }

    private static AskedComparison comparison(Readable row) {
        TokenUsage usage = new TokenUsage(
                required(row, "text_tokens", Long.class),
                required(row, "video_tokens", Long.class),
                required(row, "audio_tokens", Long.class),
                required(row, "output_tokens", Long.class));
        Cost cost = new Cost(required(row, "cost_usd", BigDecimal.class));
        Json answer = optional(row, "answer", Json.class);
        Outcome<Ranking> outcome = answer == null
                ? new Outcome.Unusable<>(
                        word(row, "unusable_reason", Reason.class),
                        required(row, "explanation", String.class),
                        usage,
                        cost)
                : new Outcome.Answered<>(Jsonb.read(answer, Ranking.class), usage, cost);
        return new AskedComparison(
                new AskedKey(required(row, "asked", String.class)),
                required(row, "model", String.class),
                List.of(required(row, "finalists", Integer[].class)),
                outcome);
    }

    private GenericExecuteSpec of(StreamRef stream, String statement) {
        return database.sql(statement)
                .bind("organization", stream.organizationId().uuid())
                .bind("stream", stream.streamId().uuid());
    }
}
