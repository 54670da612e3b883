package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Columns.word;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.HighlightQuery.Sort;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.CatalogActivities.NewHighlight;
import tv.tldr.workflows.activity.ClipActivities.CutClip;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.selection.Edge;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.TimeRange;

/** Which moments became highlights, and where are their files? */
public final class HighlightStore {
    private final Database database;

    HighlightStore(Database database) {
        this.database = database;
    }

    /** The highlight; empty when there is none or it is another organization's. */
    public Mono<HighlightRow> find(OrganizationId organization, HighlightId id) {
        return database.one(
                database.sql("SELECT * FROM highlights WHERE organization_id = :organization AND id = :id")
                        .bind("organization", organization.uuid())
                        .bind("id", id.uuid()),
                HighlightStore::highlight);
    }

    /** The stream's highlights, cut or not. */
    public Mono<Page<HighlightRow>> list(StreamRef ref, HighlightQuery query) {
        Conditions conditions = new Conditions(
                "organization_id = :organization AND stream_id = :stream AND confidence_score >= :min_confidence",
                ref.organizationId().uuid(),
                ref.streamId().uuid(),
                query.minConfidence());
        if (query.type() != null) {
            conditions.and("type = :type", query.type());
        }
        Cursor after = query.after();
        if (after != null) {
            switch (query.sort()) {
                case CONFIDENCE ->
                    conditions.and(
                            "confidence_score <= :confidence AND (confidence_score < :same OR id > :id)",
                            after.number(),
                            after.number(),
                            after.id());
                case START_TIME -> conditions.and("(start_time, id) > (:start_time, :id)", after.number(), after.id());
            }
        }
        GenericExecuteSpec selection =
                conditions.bindTo(database.sql("""
                SELECT * FROM highlights
                WHERE %s
                ORDER BY %s
                LIMIT %d
                """.formatted(conditions, order(query.sort()), query.limit() + 1)));
        return database.all(selection, HighlightStore::highlight)
                .collectList()
                .map(rows -> Page.of(rows, query.limit(), row -> position(row, query.sort())));
    }

    /**
     * Writes selected moments as highlights without files, each with a copy of its candidate's reasons. Answers with those
     * that are new; a moment without its candidate is refused.
     */
    Flux<HighlightRow> insert(StreamRef ref, List<NewHighlight> highlights) {
        GenericExecuteSpec insertion = of(ref, """
                        INSERT INTO highlights (organization_id, id, stream_id, status, candidate, start_time, end_time,
                                                peak_time, confidence_score, type, dimensions, reasons, start_edge, end_edge,
                                                tags, metadata, title, description, degraded, transcript)
                        SELECT :organization, chosen.id, :stream, 'detected', candidate.number, candidate.start_time,
                               candidate.end_time, candidate.peak_time, candidate.confidence, candidate.type,
                               candidate.dimensions, candidate.reasons, candidate.start_edge, candidate.end_edge,
                               candidate.tags, candidate.metadata, candidate.title, candidate.description,
                               candidate.degraded, candidate.transcript
                        FROM unnest(:ids::uuid[], :numbers::integer[]) AS chosen (id, number)
                        LEFT JOIN candidates candidate ON candidate.organization_id = :organization
                            AND candidate.stream_id = :stream AND candidate.number = chosen.number
                        ON CONFLICT (organization_id, id) DO NOTHING
                        RETURNING *
                        """)
                .bind(
                        "ids",
                        highlights.stream()
                                .map(highlight -> highlight.highlightId().uuid())
                                .toArray(UUID[]::new))
                .bind(
                        "numbers",
                        highlights.stream()
                                .map(highlight -> highlight.moment().candidate())
                                .toArray(Integer[]::new));
        return database.all(insertion, HighlightStore::highlight);
    }

    /** Gives a highlight its files; empty when it has them already or is not there. */
    Mono<HighlightRow> saveFiles(StreamRef ref, HighlightId id, CutClip files) {
        GenericExecuteSpec update = of(ref, """
                        UPDATE highlights
                        SET files = :files, status = 'processed', updated_at = now(), version = version + 1
                        WHERE organization_id = :organization AND stream_id = :stream AND id = :id AND status = 'detected'
                        RETURNING *
                        """).bind("files", Jsonb.of(files)).bind("id", id.uuid());
        return database.one(update, HighlightStore::highlight);
    }

    /** Removes the stream's highlights that have no clip. */
    Mono<Long> deleteUncut(StreamRef ref) {
        return database.update(of(ref, """
                DELETE FROM highlights
                WHERE organization_id = :organization AND stream_id = :stream AND status = 'detected'
                """));
    }

    /** The files of all the stream's highlights that have some. */
    Flux<CutClip> files(StreamRef ref) {
        return database.all(of(ref, """
                        SELECT files FROM highlights
                        WHERE organization_id = :organization AND stream_id = :stream AND files IS NOT NULL
                        """), row -> Jsonb.read(required(row, "files", Json.class), CutClip.class));
    }

    private GenericExecuteSpec of(StreamRef ref, String statement) {
        return database.sql(statement)
                .bind("organization", ref.organizationId().uuid())
                .bind("stream", ref.streamId().uuid());
    }

    private static String order(Sort sort) {
        return switch (sort) {
            case CONFIDENCE -> "confidence_score DESC, id";
            case START_TIME -> "start_time, id";
        };
    }

    private static Cursor position(HighlightRow row, Sort sort) {
        double key =
                switch (sort) {
                    case CONFIDENCE -> row.confidence();
                    case START_TIME -> row.range().start();
                };
        return new Cursor(Double.toString(key), row.id().uuid());
    }

    private static HighlightRow highlight(Readable row) {
        return new HighlightRow(
                new HighlightId(required(row, "id", UUID.class)),
                new StreamRef(
                        new OrganizationId(required(row, "organization_id", UUID.class)),
                        new StreamId(required(row, "stream_id", UUID.class))),
                required(row, "candidate", Integer.class),
                optional(row, "title", String.class),
                optional(row, "description", String.class),
                new TimeRange(required(row, "start_time", Double.class), required(row, "end_time", Double.class)),
                required(row, "peak_time", Double.class),
                required(row, "confidence_score", Double.class),
                required(row, "type", String.class),
                List.of(required(row, "tags", String[].class)),
                Jsonb.read(required(row, "dimensions", Json.class), CandidateStore.DIMENSIONS),
                Jsonb.read(required(row, "reasons", Json.class), CandidateStore.REASONS),
                word(row, "start_edge", Edge.class),
                word(row, "end_edge", Edge.class),
                optional(row, "files", CutClip.class),
                optional(row, "degraded", String.class),
                Jsonb.read(required(row, "transcript", Json.class), AskingStore.LINES),
                Jsonb.object(required(row, "metadata", Json.class)),
                required(row, "created_at", Instant.class),
                required(row, "updated_at", Instant.class),
                required(row, "version", Long.class));
    }
}
