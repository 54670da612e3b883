package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Columns.word;

import io.r2dbc.spi.Readable;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.asking.Window;
import tv.tldr.workflows.asking.Window.Why;
import tv.tldr.workflows.stream.TimeRange;

/** Which windows of a stream is the model asked about? */
public final class PlanStore {
    private final Database database;

    PlanStore(Database database) {
        this.database = database;
    }

    /** The plan in the order of asking; empty when there is none, or nothing in it. */
    public Flux<Window> load(StreamRef ref) {
        return database.all(of(ref, """
                SELECT * FROM model_plans
                WHERE organization_id = :organization AND stream_id = :stream
                ORDER BY window_number
                """), PlanStore::window);
    }

    /** One window of the plan; empty when it has none of that number. */
    public Mono<Window> find(StreamRef ref, int number) {
        return database.one(of(ref, """
                SELECT * FROM model_plans
                WHERE organization_id = :organization AND stream_id = :stream AND window_number = :number
                """).bind("number", number), PlanStore::window);
    }

    /** Writes a plan down; one that is there already stays as it is. */
    public Mono<Void> save(StreamRef ref, List<Window> windows) {
        return database.update(of(ref, """
                        INSERT INTO model_plans (organization_id, stream_id, window_number, start_time, end_time, why)
                        SELECT :organization, :stream, number, (range ->> 'start')::double precision,
                               (range ->> 'end')::double precision, why
                        FROM json_to_recordset(:windows::json) AS planned (number integer, range json, why text)
                        ON CONFLICT DO NOTHING
                        """).bind("windows", Jsonb.text(windows)))
                .then();
    }

    private GenericExecuteSpec of(StreamRef ref, String statement) {
        return database.sql(statement)
                .bind("organization", ref.organizationId().uuid())
                .bind("stream", ref.streamId().uuid());
    }

    private static Window window(Readable row) {
        return new Window(
                required(row, "window_number", Integer.class),
                new TimeRange(required(row, "start_time", Double.class), required(row, "end_time", Double.class)),
                word(row, "why", Why.class));
    }
}
