package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Columns.word;

import com.fasterxml.jackson.core.type.TypeReference;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.asking.Window;
import tv.tldr.workflows.asking.Window.Why;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.ModelMoment;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.transcript.Transcript;
import tv.tldr.workflows.transcript.TranscriptLine;

/** Which windows of a stream is the model asked about, and what did it answer, in stream time? */
public final class AskingStore {
    static final TypeReference<List<TranscriptLine>> LINES = new TypeReference<>() {};

    private static final TypeReference<List<ModelMoment>> MOMENTS = new TypeReference<>() {};

    private final Database database;

    AskingStore(Database database) {
        this.database = database;
    }

    /** The plan in the order of asking; empty when there is none, or nothing in it. */
    public Flux<Window> load(StreamRef ref) {
        return database.all(database.sql(ref, """
                SELECT * FROM model_plans
                WHERE organization_id = :organization AND stream_id = :stream
                ORDER BY window_number
                """), AskingStore::window);
    }

    /** One window of the plan; empty when it has none of that number. */
    public Mono<Window> find(StreamRef ref, int number) {
        return database.one(database.sql(ref, """
                SELECT * FROM model_plans
                WHERE organization_id = :organization AND stream_id = :stream AND window_number = :number
                """).bind("number", number), AskingStore::window);
    }

    /** Whether the analysis that is under way has a plan with something in it. */
    public Mono<Boolean> isPlanned(StreamRef ref) {
        return database.one(database.sql(ref, """
                SELECT EXISTS (
                    SELECT FROM model_plans plan
                    JOIN streams stream ON stream.organization_id = plan.organization_id AND stream.id = plan.stream_id
                    WHERE plan.organization_id = :organization AND plan.stream_id = :stream
                      AND plan.analysis = stream.analysis) AS planned
                """), row -> required(row, "planned", Boolean.class));
    }

    /**
     * Writes a plan down in place of an earlier analysis's and of what came of that; one of the same analysis stays.
     *
     * @param set along whose dimensions the model is asked
     * @param modules what it is shown
     */
    public Mono<Void> save(StreamRef ref, DimensionSet set, ProcessingModules modules, List<Window> windows) {
        Mono<Long> clearing = database.update(database.sql(ref, """
                DELETE FROM model_plans plan USING streams stream
                WHERE plan.organization_id = :organization AND plan.stream_id = :stream
                  AND stream.organization_id = :organization AND stream.id = :stream
                  AND plan.analysis < stream.analysis
                """));
        Mono<Long> writing = database.update(database.sql(ref, """
                        INSERT INTO model_plans (organization_id, stream_id, window_number, start_time, end_time, why, analysis)
                        SELECT :organization, :stream, number, (range ->> 'start')::double precision,
                               (range ->> 'end')::double precision, why, stream.analysis
                        FROM json_to_recordset(:windows::json) AS planned (number integer, range json, why text)
                        JOIN streams stream ON stream.organization_id = :organization AND stream.id = :stream
                        ON CONFLICT DO NOTHING
                        """).bind("windows", Jsonb.text(windows)));
        // In one value: a process that knows of no modules writes the set without, and cannot leave another plan's
        // beside it.
        Mono<Long> along = database.update(database.sql(ref, """
                        UPDATE streams SET asked_set = :set::json
                        WHERE organization_id = :organization AND id = :stream
                        """).bind("set", Jsonb.text(set, "modules", modules)));
        return database.transaction(clearing.then(writing).then(along)).then();
    }

    /** Writes down what came of a window; a later answer takes the place of an earlier one. */
    public Mono<Void> saveAnswer(StreamRef ref, WindowAnswer answer) {
        return database.update(database.sql(ref, """
                        INSERT INTO model_answers (organization_id, stream_id, window_number, moments, transcript, reason)
                        VALUES (:organization, :stream, :number, :moments::json, :transcript::json, :reason)
                        ON CONFLICT (organization_id, stream_id, window_number) DO UPDATE SET
                            moments = excluded.moments, transcript = excluded.transcript, reason = excluded.reason
                        """)
                        .bind("number", answer.window())
                        .bind(
                                "moments",
                                Database.nullable(
                                        String.class, answer.moments() == null ? null : Jsonb.text(answer.moments())))
                        .bind("transcript", Jsonb.text(answer.transcript().lines()))
                        .bind("reason", Database.nullable(String.class, answer.reason())))
                .then();
    }

    /**
     * About what the model was asked.
     *
     * @param set along whose dimensions
     * @param modules what it was shown
     */
    public record AskedAbout(DimensionSet set, ProcessingModules modules) {}

    /** About what the model was asked; empty when it was not, or before that was written down. */
    public Mono<AskedAbout> askedAbout(StreamRef ref) {
        return database.one(
                database.sql(ref, """
                        SELECT asked_set, asked_set -> 'modules' AS modules FROM streams
                        WHERE organization_id = :organization AND id = :stream AND asked_set IS NOT NULL
                        """),
                row -> new AskedAbout(
                        Jsonb.read(required(row, "asked_set", Json.class), DimensionSet.class),
                        modules(row, "modules")));
    }

    /** What was written down before anything could be switched off is of everything. */
    static ProcessingModules modules(Readable row, String column) {
        Json modules = row.get(column, Json.class);
        return modules == null ? ProcessingModules.ALL : Jsonb.read(modules, ProcessingModules.class);
    }

    /** What came of the windows that were asked about, by number. */
    public Flux<WindowAnswer> answers(StreamRef ref) {
        return database.all(database.sql(ref, """
                SELECT * FROM model_answers
                WHERE organization_id = :organization AND stream_id = :stream
                ORDER BY window_number
                """), AskingStore::answer);
    }

    private static WindowAnswer answer(Readable row) {
        Json moments = row.get("moments", Json.class);
        return new WindowAnswer(
                required(row, "window_number", Integer.class),
                moments == null ? null : Jsonb.read(moments, MOMENTS),
                new Transcript(Jsonb.read(required(row, "transcript", Json.class), LINES)),
                optional(row, "reason", String.class));
    }

    private static Window window(Readable row) {
        return new Window(
                required(row, "window_number", Integer.class),
                new TimeRange(required(row, "start_time", Double.class), required(row, "end_time", Double.class)),
                word(row, "why", Why.class));
    }
}
