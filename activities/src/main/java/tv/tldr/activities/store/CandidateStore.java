package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Columns.word;

import com.fasterxml.jackson.core.type.TypeReference;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.scoring.Contribution;
import tv.tldr.workflows.scoring.DimensionScore;
import tv.tldr.workflows.selection.Candidate;
import tv.tldr.workflows.selection.Edge;
import tv.tldr.workflows.selection.Labels;
import tv.tldr.workflows.selection.Reckoning;
import tv.tldr.workflows.selection.Rule;
import tv.tldr.workflows.selection.Said;
import tv.tldr.workflows.selection.Verdict;
import tv.tldr.workflows.stream.TimeRange;

/** Which moments of a stream were considered, and what decided over each? The decision ledger. */
public final class CandidateStore {
    static final TypeReference<Map<String, DimensionScore>> DIMENSIONS = new TypeReference<>() {};
    static final TypeReference<List<Contribution>> REASONS = new TypeReference<>() {};

    static final TypeReference<Map<String, Double>> SIGNALS = new TypeReference<>() {};

    private static final TypeReference<Map<String, String>> METADATA = new TypeReference<>() {};

    private final Database database;

    CandidateStore(Database database) {
        this.database = database;
    }

    /** Makes {@code candidates} the stream's ledger, in place of any before. */
    public Mono<Void> replace(StreamRef ref, List<Candidate> candidates) {
        Mono<Long> clearing = database.update(database.sql(
                ref, "DELETE FROM candidates WHERE organization_id = :organization AND stream_id = :stream"));
        Mono<Long> writing = database.update(database.sql(ref, """
                        INSERT INTO candidates (organization_id, stream_id, number, start_time, end_time, peak_time, confidence,
                                                type, dimensions, reasons, start_edge, end_edge, rule, distance, explanation,
                                                tags, metadata, title, description, degraded, transcript, signals, reckoning)
                        SELECT :organization, :stream, number, (range ->> 'start')::double precision,
                               (range ->> 'end')::double precision, peak, confidence, type, dimensions, reasons,
                               "start", "end", verdict ->> 'rule', (verdict ->> 'distance')::double precision,
                               verdict ->> 'explanation',
                               ARRAY(SELECT jsonb_array_elements_text(labels -> 'tags')), labels -> 'metadata',
                               said ->> 'title', said ->> 'reason', degraded, transcript, signals,
                               nullif(reckoning::text, 'null')::json
                        FROM json_to_recordset(:candidates::json) AS candidate (
                            number integer, range jsonb, peak double precision, confidence double precision, type text,
                            dimensions json, reasons jsonb, "start" text, "end" text, verdict jsonb,
                            labels jsonb, said jsonb, degraded text, transcript json, signals json, reckoning json)
                        """).bind("candidates", Jsonb.text(candidates)));
        return database.transaction(clearing.then(writing)).then();
    }

    /** The ledger's lines by number, which is by time of peak. */
    public Mono<Page<Candidate>> list(StreamRef ref, CandidateQuery query) {
        Conditions conditions = new Conditions(
                "organization_id = :organization AND stream_id = :stream",
                ref.organizationId().uuid(),
                ref.streamId().uuid());
        if (query.kept() != null) {
            conditions.and("(rule = 'selected') = :kept", query.kept());
        }
        if (query.rule() != null) {
            conditions.and("rule = :rule", query.rule().wire());
        }
        if (query.after() != null) {
            conditions.and("number > :number", query.after().number());
        }
        GenericExecuteSpec selection =
                conditions.bindTo(database.sql(ref, """
                SELECT * FROM candidates
                WHERE %s
                ORDER BY number
                LIMIT %d
                """.formatted(conditions, query.limit() + 1)));
        return database.all(selection, CandidateStore::candidate)
                .collectList()
                .map(rows -> Page.of(
                        rows,
                        query.limit(),
                        row -> new Cursor(
                                Integer.toString(row.number()), ref.streamId().uuid())));
    }

    private static Candidate candidate(Readable row) {
        return new Candidate(
                required(row, "number", Integer.class),
                new TimeRange(required(row, "start_time", Double.class), required(row, "end_time", Double.class)),
                required(row, "peak_time", Double.class),
                required(row, "confidence", Double.class),
                required(row, "type", String.class),
                Jsonb.read(required(row, "dimensions", Json.class), DIMENSIONS),
                Jsonb.read(required(row, "reasons", Json.class), REASONS),
                word(row, "start_edge", Edge.class),
                word(row, "end_edge", Edge.class),
                new Verdict(
                        word(row, "rule", Rule.class),
                        required(row, "distance", Double.class),
                        required(row, "explanation", String.class)),
                new Labels(
                        List.of(required(row, "tags", String[].class)),
                        Jsonb.read(required(row, "metadata", Json.class), METADATA)),
                said(row),
                optional(row, "degraded", String.class),
                Jsonb.read(required(row, "transcript", Json.class), AskingStore.LINES),
                Jsonb.read(required(row, "signals", Json.class), SIGNALS),
                optional(row, "reckoning", Reckoning.class));
    }

    private static @Nullable Said said(Readable row) {
        String title = optional(row, "title", String.class);
        return title == null ? null : new Said(title, required(row, "description", String.class));
    }
}
