package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.required;

import io.r2dbc.spi.Readable;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.gemini.AskedKey;
import tv.tldr.activities.gemini.Ranking;
import tv.tldr.workflows.activity.StreamRef;

/** In which order did the model put the finalists of a stream? What is stored is never asked again. */
public final class ComparisonStore {
    private final Database database;

    ComparisonStore(Database database) {
        this.database = database;
    }

    /**
     * What came of exactly this question; empty when it was not asked, or its asker was killed before it knew. What was of no
     * use to an earlier analysis does not count: the present one may get an answer.
     */
    public Mono<AskedComparison> find(StreamRef stream, AskedKey asked) {
        return database.one(database.sql(stream, """
                        SELECT * FROM model_comparisons
                        WHERE organization_id = :organization AND stream_id = :stream AND asked = :asked
                          AND (answer IS NOT NULL OR analysis = (
                              SELECT analysis FROM streams WHERE organization_id = :organization AND id = :stream))
                        """).bind("asked", asked.sha256()), ComparisonStore::comparison);
    }

    /** Everything that was compared in a stream, the latest first. */
    public Flux<AskedComparison> list(StreamRef stream) {
        return database.all(database.sql(stream, """
                        SELECT * FROM model_comparisons
                        WHERE organization_id = :organization AND stream_id = :stream
                        ORDER BY answered_at DESC, asked
                        """), ComparisonStore::comparison);
    }

    /**
     * Stores what came of a question. What is stored of the same question already stays, unless it was of no use to an earlier
     * analysis.
     */
    public Mono<Void> save(StreamRef stream, AskedComparison comparison) {
        GenericExecuteSpec insert = database.sql(stream, """
                        INSERT INTO model_comparisons (organization_id, stream_id, asked, model, finalists, modules, answer,
                                                       unusable_reason, explanation,
                                                       text_tokens, video_tokens, audio_tokens, output_tokens, cost_usd,
                                                       analysis)
                        SELECT :organization, :stream, :asked, :model, :finalists, :modules::json, :answer::json,
                               :reason, :explanation, :text, :video, :audio, :output, :cost, analysis
                        FROM streams WHERE organization_id = :organization AND id = :stream
                        ON CONFLICT (organization_id, stream_id, asked) DO UPDATE SET
                            model = excluded.model, finalists = excluded.finalists, modules = excluded.modules, %s
                        WHERE model_comparisons.answer IS NULL AND model_comparisons.analysis < excluded.analysis
                        """.formatted(OutcomeColumns.REPLACED))
                .bind("asked", comparison.asked().sha256())
                .bind("model", comparison.model())
                .bind("finalists", comparison.finalists().toArray(Integer[]::new))
                .bind("modules", Jsonb.text(comparison.modules()));
        return database.update(OutcomeColumns.bind(insert, comparison.outcome()))
                .then();
    }

    private static AskedComparison comparison(Readable row) {
        return new AskedComparison(
                new AskedKey(required(row, "asked", String.class)),
                required(row, "model", String.class),
                List.of(required(row, "finalists", Integer[].class)),
                AskingStore.modules(row, "modules"),
                OutcomeColumns.read(row, Ranking.class));
    }
}
