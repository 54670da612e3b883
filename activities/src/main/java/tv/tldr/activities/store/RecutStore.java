package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.required;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.workflows.activity.ClipActivities.CutClip;
import tv.tldr.workflows.activity.ClipActivities.StoredFile;
import tv.tldr.workflows.activity.RecutActivities.FailRecut;
import tv.tldr.workflows.activity.RecutActivities.FinishRecut;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.transcript.TranscriptLine;

/** Which clips are to be cut anew, and what became of them? The order itself is an edit of the highlight. */
public final class RecutStore {
    private final Database database;
    private final StreamStateStore streams;
    private final HighlightStore highlights;
    private final RemovalStore removals;
    private final EventStore events;

    RecutStore(
            Database database,
            StreamStateStore streams,
            HighlightStore highlights,
            RemovalStore removals,
            EventStore events) {
        this.database = database;
        this.streams = streams;
        this.highlights = highlights;
        this.removals = removals;
        this.events = events;
    }

    /** What became of a clip that was cut? */
    sealed interface Outcome {
        /** @param old the files that nobody needs any more, noted for removal */
        record InPlace(List<Removal> old) implements Outcome {}

        /** The highlight is gone, or wants other edges by now. */
        record Unwanted() implements Outcome {}
    }

    /** In one transaction with its event. */
    Mono<Outcome> finish(FinishRecut command, List<TranscriptLine> said) {
        StreamRef stream = command.stream();
        return database.transaction(streams.lock(stream)
                .then(Mono.defer(() -> highlights.find(stream.organizationId(), command.highlightId())))
                .flatMap(row -> outcome(row, command, said))
                .defaultIfEmpty(new Outcome.Unwanted()));
    }

    private Mono<Outcome> outcome(HighlightRow row, FinishRecut command, List<TranscriptLine> said) {
        Recut wanted = row.recut();
        if (wanted != null && wanted.version() == command.version()) {
            return put(row, command, said);
        }
        // An earlier try of the same command has done it.
        return Mono.just(command.files().equals(row.files()) ? new Outcome.InPlace(List.of()) : new Outcome.Unwanted());
    }

    private Mono<Outcome> put(HighlightRow before, FinishRecut command, List<TranscriptLine> said) {
        List<Removal> old = files(before.files()).stream()
                .map(file -> new Removal(before.stream().organizationId(), new ObjectKey(file.objectKey())))
                .toList();
        return database.one(
                        of(command.stream(), command.highlightId(), """
                        UPDATE highlights
                        SET start_edge = CASE WHEN start_time = :start THEN start_edge ELSE 'manual' END,
                            end_edge = CASE WHEN end_time = :end THEN end_edge ELSE 'manual' END,
                            start_time = :start, end_time = :end, peak_time = :peak, files = :files, status = 'processed',
                            transcript = :transcript::json,
                            edited = ARRAY(SELECT DISTINCT unnest(edited || ARRAY['boundaries']) ORDER BY 1),
                            recut_version = NULL, recut_start = NULL, recut_end = NULL, recut_asked_at = NULL,
                            recut_started_at = NULL, recut_error = NULL, updated_at = now(), version = version + 1
                        WHERE organization_id = :organization AND stream_id = :stream AND id = :id
                        RETURNING %s
                        """.formatted(HighlightMapping.COLUMNS))
                                .bind("start", command.range().start())
                                .bind("end", command.range().end())
                                .bind("peak", command.peak())
                                .bind("files", Jsonb.of(command.files()))
                                .bind("transcript", Jsonb.text(said)),
                        HighlightMapping::highlight)
                .flatMap(row -> Flux.fromIterable(old)
                        .concatMap(removals::note)
                        .then(events.append(
                                command.stream().organizationId(),
                                List.of(StreamEvents.updated(command.eventId(), row))))
                        .thenReturn(new Outcome.InPlace(old)));
    }

    private static List<StoredFile> files(@Nullable CutClip files) {
        List<StoredFile> all = new ArrayList<>();
        if (files != null) {
            all.add(files.clip());
            if (files.thumbnail() != null) {
                all.add(files.thumbnail());
            }
        }
        return all;
    }

    /** Nothing when the highlight is gone or wants other edges by now. */
    Mono<Void> fail(FailRecut command) {
        return database.transaction(database.one(
                                of(command.stream(), command.highlightId(), """
                        UPDATE highlights SET recut_error = :reason, updated_at = now(), version = version + 1
                        WHERE organization_id = :organization AND stream_id = :stream AND id = :id
                          AND recut_version = :version AND recut_error IS NULL
                        RETURNING %s
                        """.formatted(HighlightMapping.COLUMNS))
                                        .bind("reason", command.reason())
                                        .bind("version", (long) command.version()),
                                HighlightMapping::highlight)
                        .flatMap(row -> events.append(
                                command.stream().organizationId(),
                                List.of(StreamEvents.updated(command.eventId(), row)))))
                .then();
    }

    /** The same of one whose workflow cannot be started. */
    public Mono<Void> giveUp(HighlightRow row, int version, String reason) {
        return fail(new FailRecut(row.stream(), row.id(), version, reason, new EventId(FreshUuid.next())));
    }

    /** Where the clips of a stream go that are being cut. */
    Flux<ObjectKey> underWay(StreamRef ref) {
        return database.all(database.sql(ref, """
                        SELECT id, recut_version FROM highlights
                        WHERE organization_id = :organization AND stream_id = :stream
                          AND recut_version IS NOT NULL AND recut_error IS NULL
                        """), row -> {
                    HighlightId id = new HighlightId(required(row, "id", UUID.class));
                    int version = required(row, "recut_version", Integer.class);
                    return List.of(
                            ObjectKeys.clip(ref, id, version),
                            ObjectKeys.soundClip(ref, id, version),
                            ObjectKeys.thumbnail(ref, id, version));
                })
                .flatMapIterable(keys -> keys);
    }

    /** Notes that the workflow was started. */
    public Mono<Void> markStarted(HighlightRow row, int version) {
        return database.update(of(row.stream(), row.id(), """
                        UPDATE highlights SET recut_started_at = now()
                        WHERE organization_id = :organization AND stream_id = :stream AND id = :id
                          AND recut_version = :version
                        """).bind("version", (long) version))
                .then();
    }

    /**
     * Of all organizations: highlights whose clip is to be cut anew and whose workflow nobody has started within {@code age},
     * or looked after for {@code silence}. Each is handed out once in that time, whoever asks.
     */
    public Flux<HighlightRow> claimSilent(Duration age, Duration silence, int limit) {
        return database.all(
                database.acrossOrganizations("""
                        WITH silent AS MATERIALIZED (
                            SELECT organization_id, id FROM highlights
                            WHERE recut_version IS NOT NULL AND recut_error IS NULL AND (
                                recut_started_at IS NULL AND recut_asked_at < now() - make_interval(secs => :age)
                                OR recut_started_at < now() - make_interval(secs => :silence))
                            ORDER BY recut_asked_at LIMIT :limit
                            FOR NO KEY UPDATE SKIP LOCKED
                        )
                        UPDATE highlights SET recut_started_at = now() FROM silent
                        WHERE highlights.organization_id = silent.organization_id AND highlights.id = silent.id
                        RETURNING %s
                        """.formatted(HighlightMapping.COLUMNS))
                        .bind("age", age.toMillis() / 1000.0)
                        .bind("silence", silence.toMillis() / 1000.0)
                        .bind("limit", limit),
                HighlightMapping::highlight);
    }

    /** Notes that it was not started, after all. */
    public Mono<Void> forgetStart(HighlightRow row) {
        return database.update(of(row.stream(), row.id(), """
                        UPDATE highlights SET recut_started_at = NULL
                        WHERE organization_id = :organization AND stream_id = :stream AND id = :id
                        """)).then();
    }

    private GenericExecuteSpec of(StreamRef stream, HighlightId id, String statement) {
        return database.sql(stream, statement).bind("id", id.uuid());
    }
}
