package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Columns.word;
import static tv.tldr.activities.store.Database.nullable;

import io.r2dbc.postgresql.codec.Json;
import java.util.Arrays;
import java.util.function.Predicate;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.account.Plan;
import tv.tldr.workflows.activity.CatalogActivities.FinishStream;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.StreamProgress;
import tv.tldr.workflows.stream.StreamStatus;

/**
 * How does a stream go from state to state within one analysis? Only along {@link StreamStatus#canBecome}: each statement
 * names the states it may leave, so that a late or repeated command finds nothing to do.
 */
final class StreamStateStore {
    private final Database database;

    StreamStateStore(Database database) {
        this.database = database;
    }

    /** Holds the stream's row until the transaction ends, so that commands to one stream come one after another. */
    Mono<Locked> lock(StreamRef ref) {
        return database.one(
                database.sql(ref, """
                        SELECT status, analysis, version FROM streams
                        WHERE organization_id = :organization AND id = :stream
                        FOR NO KEY UPDATE
                        """),
                row -> new Locked(
                        word(row, "status", StreamStatus.class),
                        required(row, "analysis", Integer.class),
                        required(row, "version", Long.class)));
    }

    /** Where the stream is, and in which analysis of it. */
    record Locked(StreamStatus status, int analysis, long version) {
        boolean isTerminal() {
            return status.isTerminal();
        }
    }

    /** Empty when it may not start: it is processing already or has ended. */
    Mono<StreamRow> start(StreamRef ref) {
        return database.one(
                database.sql(ref, """
                        UPDATE streams
                        SET status = 'processing', started_at = now(), updated_at = now(), version = version + 1,
                            workflow_started_at = coalesce(workflow_started_at, now()),
                            admitted_at = coalesce(admitted_at, now()),
                            progress = progress || '{"status": "processing"}'
                        WHERE organization_id = :organization AND id = :stream AND status = ANY(:from)
                        RETURNING *
                        """).bind("from", before(StreamStatus.PROCESSING)), StreamMapping::stream);
    }

    /** What it goes by. */
    Mono<Terms> terms(StreamRef ref) {
        return database.one(
                database.sql(ref, """
                        SELECT options, plan, recording_key IS NOT NULL AS recorded, (%s)::integer AS in_process
                        FROM streams JOIN organizations ON organizations.id = organization_id
                        WHERE organization_id = :organization AND streams.id = :stream
                        """.formatted(PlaceStore.taken(":organization"))),
                row -> new Terms(
                        Jsonb.read(required(row, "options", Json.class), StreamOptions.DEFAULTS, StreamOptions.class),
                        word(row, "plan", Plan.class),
                        required(row, "recorded", Boolean.class),
                        required(row, "in_process", Integer.class)));
    }

    /**
     * @param recorded whether its source need not be taken in any more
     * @param inProcess how many streams of its organization are, this one included
     */
    record Terms(StreamOptions options, Plan plan, boolean recorded, int inProcess) {
        double fairnessWeight() {
            return plan.fairnessWeight(inProcess);
        }
    }

    Mono<Long> saveRecording(StreamRef ref, Recording recording, int segments) {
        return database.update(database.sql(ref, """
                        UPDATE streams
                        SET recording_key = :key, recording_size = :size, recording_sha256 = :sha256, media = :media,
                            segment_count = :segments, duration_seconds = :duration,
                            updated_at = now(), version = version + 1
                        WHERE organization_id = :organization AND id = :stream AND status = ANY(:from)
                          AND (recording_key, recording_sha256) IS DISTINCT FROM (:key, :sha256)
                        """)
                .bind("key", recording.objectKey())
                .bind("size", recording.sizeBytes())
                .bind("sha256", recording.sha256())
                .bind("media", Jsonb.of(recording.facts()))
                .bind("segments", segments)
                .bind("duration", recording.facts().duration())
                .bind("from", open()));
    }

    Mono<Long> saveProgress(StreamRef ref, StreamProgress progress) {
        return database.update(
                database.sql(ref, """
                        UPDATE streams SET progress = :progress, updated_at = now()
                        WHERE organization_id = :organization AND id = :stream AND status = ANY(:from)
                        """).bind("progress", Jsonb.of(progress)).bind("from", open()));
    }

    /** Stands in the progress until {@link #forgetNote}, the next progress, or the end. */
    Mono<Long> saveNote(StreamRef ref, String note) {
        return database.update(database.sql(ref, """
                        UPDATE streams
                        SET progress = progress || jsonb_build_object('note', cast(:note AS text)), updated_at = now()
                        WHERE organization_id = :organization AND id = :stream AND status = ANY(:from)
                        """).bind("note", note).bind("from", open()));
    }

    Mono<Long> forgetNote(StreamRef ref) {
        return database.update(database.sql(ref, """
                UPDATE streams SET progress = progress - 'note', updated_at = now()
                WHERE organization_id = :organization AND id = :stream AND progress -> 'note' IS NOT NULL
                """));
    }

    /** Brings the number of highlights to that of the rows. What stayed for one that is gone may go. */
    Mono<Long> countHighlights(StreamRef ref) {
        return database.update(database.sql(ref, """
                UPDATE streams
                SET highlight_count = (
                        SELECT count(*) FROM highlights
                        WHERE organization_id = :organization AND stream_id = :stream),
                    trimmed_at = NULL, updated_at = now(), version = version + 1
                WHERE organization_id = :organization AND id = :stream
                """));
    }

    /** Writes the end with its counts. Empty when the stream has ended already. A failed first analysis gives up its recording, unless it was uploaded. */
    Mono<StreamRow> finish(FinishStream end) {
        StreamStatus status = end.status();
        return database.one(
                database.sql(end.stream(), """
                        WITH ledger AS (
                            SELECT count(*) AS candidates, count(*) FILTER (WHERE rule <> 'selected') AS rejected
                            FROM candidates WHERE organization_id = :organization AND stream_id = :stream
                        ), footage AS (
                            SELECT count(*) AS highlights, coalesce(avg(confidence_score), 0) AS confidence, coalesce(sum(
                                (files ->> 'end')::double precision - (files ->> 'start')::double precision), 0) AS seconds
                            FROM highlights
                            WHERE organization_id = :organization AND stream_id = :stream AND status = 'processed'
                        ), measured AS (
                            SELECT count(*) AS segments, count(measured_for) AS adopted, coalesce(sum(seconds), 0) AS seconds
                            FROM signals WHERE organization_id = :organization AND stream_id = :stream
                        ), paid AS (
                            SELECT count(*) AS requests, coalesce(sum(cost_usd), 0) AS cost, coalesce(
                                sum(text_tokens + video_tokens + audio_tokens + output_tokens), 0) AS tokens
                            FROM model_requests WHERE organization_id = :organization AND stream_id = :stream
                        )
                        UPDATE streams
                        SET status = :status, completed_at = now(), updated_at = now(), version = version + 1,
                            errors = :errors, empty_reason = :emptyReason, highlight_count = footage.highlights,
                            processing_time_seconds = extract(epoch FROM now() - coalesce(started_at, created_at)),
                            coverage = least(1, coalesce(measured.seconds / nullif(
                                duration_seconds + coalesce((media ->> 'missing')::double precision, 0), 0), 0)),
                            recording_key = CASE
                                WHEN :status = 'failed' AND analysis = 1 AND platform <> 'upload' THEN NULL
                                ELSE recording_key END,
                            progress = progress - 'note' || jsonb_build_object('status', :status,
                                    'highlights_cut', footage.highlights, 'highlights', footage.highlights,
                                    'segments_measured', measured.segments) || CASE
                                WHEN :status = 'completed' THEN '{"stage": "done", "percentage": 100}'::jsonb
                                ELSE '{}' END || CASE
                                WHEN :measured > 0 THEN jsonb_build_object('current_timestamp', :measured)
                                ELSE '{}' END,
                            statistics = jsonb_build_object(
                                'candidates', ledger.candidates, 'rejected', ledger.rejected,
                                'highlights', footage.highlights, 'highlight_seconds', footage.seconds,
                                'average_confidence', footage.confidence, 'segments', coalesce(segment_count, 0),
                                'segments_measured', measured.segments, 'segments_reused', measured.adopted,
                                'ai_requests', paid.requests,
                                'ai_tokens', paid.tokens, 'ai_cost_usd', paid.cost)
                        FROM ledger, footage, measured, paid
                        WHERE organization_id = :organization AND id = :stream AND status = ANY(:from)
                        RETURNING streams.*
                        """)
                        .bind("status", status.wire())
                        .bind("measured", end.measured())
                        .bind("errors", Jsonb.of(end.errors()))
                        .bind("emptyReason", nullable(String.class, end.emptyReason()))
                        .bind("from", before(status)),
                StreamMapping::stream);
    }

    /** The states that {@code next} may follow, itself left out. */
    private static String[] before(StreamStatus next) {
        return words(status -> status != next && status.canBecome(next));
    }

    private static String[] open() {
        return words(status -> !status.isTerminal());
    }

    private static String[] words(Predicate<StreamStatus> wanted) {
        return Arrays.stream(StreamStatus.values())
                .filter(wanted)
                .map(StreamStatus::wire)
                .toArray(String[]::new);
    }
}
