package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;

import io.r2dbc.spi.Readable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.gemini.Answer;
import tv.tldr.activities.gemini.AskedKey;
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
        GenericExecuteSpec query = database.sql(stream, """
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
        GenericExecuteSpec query = database.sql(stream, """
                        SELECT * FROM model_windows
                        WHERE organization_id = :organization AND stream_id = :stream AND asked = :asked
                          AND answer IS NOT NULL
                        ORDER BY answered_at LIMIT 1
                        """).bind("asked", asked.sha256());
        return database.one(query, ModelWindowStore::window);
    }

    /** Everything that was asked about a stream, by window. */
    public Flux<AskedWindow> list(StreamRef stream) {
        return database.all(database.sql(stream, """
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
        GenericExecuteSpec insert = database.sql(stream, """
                        INSERT INTO model_windows (organization_id, stream_id, window_number, asked, model, answer,
                                                   unusable_reason, explanation, degraded,
                                                   text_tokens, video_tokens, audio_tokens, output_tokens, cost_usd,
                                                   analysis)
                        SELECT :organization, :stream, :window, :asked, :model, :answer::json,
                               :reason, :explanation, :degraded, :text, :video, :audio, :output, :cost, analysis
                        FROM streams WHERE organization_id = :organization AND id = :stream
                        ON CONFLICT (organization_id, stream_id, window_number, asked) DO UPDATE SET
                            model = excluded.model, degraded = excluded.degraded, %s
                        WHERE model_windows.answer IS NULL AND model_windows.analysis < excluded.analysis
                        """.formatted(OutcomeColumns.REPLACED))
                .bind("window", window.window())
                .bind("asked", window.asked().sha256())
                .bind("model", window.model())
                .bind("degraded", Database.nullable(String.class, window.degraded()));
        return database.update(OutcomeColumns.bind(insert, window.outcome())).then();
    }

    private static AskedWindow window(Readable row) {
        return new AskedWindow(
                required(row, "window_number", Integer.class),
                new AskedKey(required(row, "asked", String.class)),
                required(row, "model", String.class),
                OutcomeColumns.read(row, Answer.class),
                optional(row, "degraded", String.class));
    }
}
