package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.required;

import io.r2dbc.postgresql.codec.Json;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.CatalogActivities.NewHighlight;
import tv.tldr.workflows.activity.ClipActivities.CutClip;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.highlight.HighlightId;

/** Which moments became highlights, and where are their files? */
public final class HighlightStore {
    private static final String SAID_ANEW = String.join(
            ", ",
            "candidate = candidate.number, confidence_score = candidate.confidence, type = candidate.type",
            "dimensions = candidate.dimensions, reasons = candidate.reasons, degraded = candidate.degraded",
            "signals = candidate.signals, reckoning = candidate.reckoning, analysis = stream.analysis",
            "updated_at = now(), version = highlights.version + 1",
            unlessEdited("boundaries", "start_time", "end_time", "peak_time", "start_edge", "end_edge", "transcript"),
            unlessEdited("tags", "tags"),
            unlessEdited("metadata", "metadata"),
            unlessEdited("title", "title"),
            unlessEdited("description", "description"));

    private static final String OF_THE_STREAM = """
            candidate.organization_id = :organization AND candidate.stream_id = :stream
              AND stream.organization_id = :organization AND stream.id = :stream""";

    private final Database database;

    /** Takes over what the candidate says, where no person has said otherwise. */
    private static String unlessEdited(String field, String... columns) {
        return Stream.of(columns)
                .map(column ->
                        "%1$s = CASE WHEN '%2$s' = ANY(highlights.edited) THEN highlights.%1$s ELSE candidate.%1$s END"
                                .formatted(column, field))
                .collect(Collectors.joining(", "));
    }

    HighlightStore(Database database) {
        this.database = database;
    }

    /** The highlight; empty when there is none or it is another organization's. */
    public Mono<HighlightRow> find(OrganizationId organization, HighlightId id) {
        return database.one(
                database.sql(
                                organization,
                                "SELECT " + HighlightMapping.COLUMNS
                                        + " FROM highlights WHERE organization_id = :organization AND id = :id")
                        .bind("id", id.uuid()),
                HighlightMapping::highlight);
    }

    /** All of the stream's highlights, cut or not, the best first. */
    public Mono<List<HighlightRow>> all(StreamRef ref) {
        return database.all(database.sql(ref, """
                        SELECT %s FROM highlights
                        WHERE organization_id = :organization AND stream_id = :stream
                        ORDER BY confidence_score DESC, id
                        """.formatted(HighlightMapping.COLUMNS)), HighlightMapping::highlight)
                .collectList();
    }

    /**
     * Writes on highlights of an earlier analysis, whose edges stay, what this one says of them. Answers with those that it
     * had not been written on yet.
     */
    Flux<HighlightRow> goOn(StreamRef ref, List<NewHighlight> standing) {
        return database.all(
                chosen(database.sql(ref, """
                        UPDATE highlights
                        SET %s
                        FROM unnest(:ids::uuid[], :numbers::integer[]) AS chosen (id, number), candidates candidate,
                             streams stream
                        WHERE highlights.organization_id = :organization AND highlights.stream_id = :stream
                          AND highlights.id = chosen.id AND candidate.number = chosen.number
                          AND %s
                          AND highlights.analysis < stream.analysis
                        RETURNING %s
                        """.formatted(SAID_ANEW, OF_THE_STREAM, HighlightMapping.COLUMNS)), standing),
                HighlightMapping::highlight);
    }

    /** The same of one that has other edges now, or no clip yet, with the files that show it; empty when it is gone. */
    Mono<HighlightRow> recut(StreamRef ref, HighlightId id, int candidate, CutClip files) {
        return database.one(
                database.sql(ref, """
                        UPDATE highlights
                        SET %s, status = 'processed', files = CASE
                            WHEN 'boundaries' = ANY(highlights.edited) THEN highlights.files ELSE :files END
                        FROM candidates candidate, streams stream
                        WHERE highlights.organization_id = :organization AND highlights.stream_id = :stream
                          AND highlights.id = :id AND candidate.number = :number
                          AND %s
                        RETURNING %s
                        """.formatted(SAID_ANEW, OF_THE_STREAM, HighlightMapping.COLUMNS))
                        .bind("id", id.uuid())
                        .bind("number", candidate)
                        .bind("files", Jsonb.of(files)),
                HighlightMapping::highlight);
    }

    /** Removes those that only an analysis before the current one has chosen, and that are not among {@code spared}. */
    Flux<HighlightId> deleteSuperseded(StreamRef ref, List<HighlightId> spared) {
        return database.all(
                database.sql(ref, """
                        DELETE FROM highlights USING streams stream
                        WHERE highlights.organization_id = :organization AND highlights.stream_id = :stream
                          AND stream.organization_id = :organization AND stream.id = :stream
                          AND highlights.analysis < stream.analysis AND NOT highlights.id = ANY(:spared::uuid[])
                        RETURNING highlights.id
                        """)
                        .bind("spared", spared.stream().map(HighlightId::uuid).toArray(UUID[]::new)),
                HighlightMapping::id);
    }

    /** Removes those of an analysis before the current one of which the current one's highlights show a part. */
    Flux<HighlightId> deleteOverlapped(StreamRef ref) {
        return database.all(database.sql(ref, """
                DELETE FROM highlights USING streams stream
                WHERE highlights.organization_id = :organization AND highlights.stream_id = :stream
                  AND stream.organization_id = :organization AND stream.id = :stream
                  AND highlights.analysis < stream.analysis AND EXISTS (
                      SELECT FROM highlights newer
                      WHERE newer.organization_id = :organization AND newer.stream_id = :stream
                        AND newer.analysis = stream.analysis
                        AND newer.start_time < highlights.end_time AND newer.end_time > highlights.start_time)
                RETURNING highlights.id
                """), HighlightMapping::id);
    }

    /**
     * Writes selected moments as highlights without files, each with a copy of its candidate's reasons. Answers with those
     * that are new; a moment without its candidate is refused.
     */
    Flux<HighlightRow> insert(StreamRef ref, List<NewHighlight> highlights) {
        GenericExecuteSpec insertion = chosen(database.sql(ref, """
                        INSERT INTO highlights (organization_id, id, stream_id, status, analysis, candidate, start_time, end_time,
                                                peak_time, confidence_score, type, dimensions, reasons, start_edge, end_edge,
                                                tags, metadata, title, description, degraded, transcript,
                                                signals, reckoning)
                        SELECT :organization, chosen.id, :stream, 'detected', stream.analysis, candidate.number, candidate.start_time,
                               candidate.end_time, candidate.peak_time, candidate.confidence, candidate.type,
                               candidate.dimensions, candidate.reasons, candidate.start_edge, candidate.end_edge,
                               candidate.tags, candidate.metadata, candidate.title, candidate.description,
                               candidate.degraded, candidate.transcript, candidate.signals, candidate.reckoning
                        FROM unnest(:ids::uuid[], :numbers::integer[]) AS chosen (id, number)
                        JOIN streams stream ON stream.organization_id = :organization AND stream.id = :stream
                        LEFT JOIN candidates candidate ON candidate.organization_id = :organization
                            AND candidate.stream_id = :stream AND candidate.number = chosen.number
                        ON CONFLICT (organization_id, id) DO NOTHING
                        RETURNING %s
                        """.formatted(HighlightMapping.COLUMNS)), highlights);
        return database.all(insertion, HighlightMapping::highlight);
    }

    private static GenericExecuteSpec chosen(GenericExecuteSpec statement, List<NewHighlight> highlights) {
        return statement
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
    }

    /** Gives a highlight its files; empty when it has them already or is not there. */
    Mono<HighlightRow> saveFiles(StreamRef ref, HighlightId id, CutClip files) {
        GenericExecuteSpec update = database.sql(ref, """
                        UPDATE highlights
                        SET files = :files, status = 'processed', updated_at = now(), version = version + 1
                        WHERE organization_id = :organization AND stream_id = :stream AND id = :id AND status = 'detected'
                        RETURNING %s
                        """.formatted(HighlightMapping.COLUMNS))
                .bind("files", Jsonb.of(files))
                .bind("id", id.uuid());
        return database.one(update, HighlightMapping::highlight);
    }

    /** Removes the stream's highlights that have no clip. */
    Flux<HighlightId> deleteUncut(StreamRef ref) {
        return database.all(database.sql(ref, """
                DELETE FROM highlights
                WHERE organization_id = :organization AND stream_id = :stream AND status = 'detected'
                RETURNING id
                """), HighlightMapping::id);
    }

    /** The files of all the stream's highlights that have some. */
    Flux<CutClip> files(StreamRef ref) {
        return database.all(
                database.sql(ref, """
                        SELECT files FROM highlights
                        WHERE organization_id = :organization AND stream_id = :stream AND files IS NOT NULL
                        """), row -> Jsonb.read(required(row, "files", Json.class), CutClip.class));
    }
}
