package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Database.nullable;

import io.r2dbc.postgresql.codec.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.Submission.Accepted;
import tv.tldr.activities.store.Submission.AlreadyInProcess;
import tv.tldr.workflows.WorkflowIds;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.StreamProgress;
import tv.tldr.workflows.stream.StreamStage;
import tv.tldr.workflows.stream.StreamStatus;

/** What is known of streams, and which were submitted? Their way from state to state is in {@link StreamStateStore}. */
public final class StreamStore {
    static final StreamProgress QUEUED =
            new StreamProgress(StreamStatus.PENDING, StreamStage.QUEUED, 0, 0, 0, 0, 0, 0, 0, null);

    private final Database database;
    private final StreamHooks hooks;

    StreamStore(Database database) {
        this.database = database;
        this.hooks = new StreamHooks(database);
    }

    /**
     * Writes down a stream as pending, unless its source is in process in the organization already. True under any race.
     * The same id again answers with the row that is there.
     */
    public Mono<Submission> submit(NewStream stream) {
        return find(stream.ref())
                .<Submission>map(Accepted::new)
                .switchIfEmpty(Mono.defer(() -> insert(stream)))
                // Between our refusal and our look the other stream ended: its place is free now.
                .repeatWhenEmpty(attempts -> attempts.take(3))
                .switchIfEmpty(Mono.error(() -> new StoreFailure(
                        StoreFailure.Kind.UNAVAILABLE, "others submit and end the same source all the time", null)));
    }

    private Mono<Submission> insert(NewStream stream) {
        byte[] sourceKey = SourceKey.of(stream.source());
        GenericExecuteSpec insertion = database.sql(stream.ref(), """
                        INSERT INTO streams (organization_id, id, source_url, source_key, platform, status, is_live,
                                             allow_duplicate, options, dimension_set, metadata, progress, workflow_id)
                        SELECT :organization, :stream, :url, :key, :platform, 'pending', :live,
                               :allowDuplicate, :options, :dimensionSet::json, :metadata, :progress, :workflow
                        WHERE :allowDuplicate OR NOT EXISTS (
                            SELECT FROM streams
                            WHERE organization_id = :organization AND source_key = :key
                              AND status IN ('pending', 'processing'))
                        ON CONFLICT (organization_id, source_key)
                            WHERE status IN ('pending', 'processing') AND NOT allow_duplicate DO NOTHING
                        RETURNING *
                        """)
                .bind("url", stream.source().url())
                .bind("key", sourceKey)
                .bind("platform", stream.source().platform().wire())
                .bind("live", stream.live())
                .bind("allowDuplicate", stream.allowDuplicate())
                .bind("options", Jsonb.of(stream.options()))
                .bind("dimensionSet", nullable(String.class, text(stream.dimensionSet())))
                .bind("metadata", Jsonb.of(stream.metadata()))
                .bind("progress", Jsonb.of(QUEUED))
                .bind("workflow", WorkflowIds.stream(stream.ref().streamId()));
        return database.transaction(database.one(insertion, StreamMapping::stream)
                        .flatMap(row -> hooks.write(row.ref().organizationId(), List.of(stream))
                                .thenReturn(row)))
                .<Submission>map(Accepted::new)
                .switchIfEmpty(Mono.defer(() ->
                        inProcess(stream.ref().organizationId(), sourceKey).map(AlreadyInProcess::new)));
    }

    private static @Nullable String text(@Nullable DimensionSetChain chain) {
        return chain == null ? null : Jsonb.text(chain);
    }

    /**
     * Begins another analysis of a stream that has ended. Empty when it has not, or somebody else began one;
     * {@link StoreFailure.Kind#DUPLICATE} when the same source is in process as another stream.
     *
     * @param analysis the number of the new one
     */
    public Mono<StreamRow> reopen(StreamRef ref, StreamOptions options, DimensionSetChain dimensionSet, int analysis) {
        return database.one(
                database.sql(ref.organizationId(), """
                        UPDATE streams
                        SET status = 'pending', analysis = :analysis, workflow_id = :workflow, options = :options,
                            dimension_set = :dimensionSet::json, progress = :progress, errors = '[]', empty_reason = NULL,
                            workflow_started_at = NULL, stop_requested_at = NULL, completed_at = NULL,
                            queued_at = now(), admitted_at = NULL, trimmed_at = NULL,
                            processing_time_seconds = NULL, updated_at = now(), version = version + 1
                        WHERE organization_id = :organization AND id = :id AND analysis = :analysis - 1
                          AND status NOT IN ('pending', 'processing')
                        RETURNING *
                        """)
                        .bind("id", ref.streamId().uuid())
                        .bind("analysis", analysis)
                        .bind("workflow", WorkflowIds.stream(ref.streamId(), analysis))
                        .bind("options", Jsonb.of(options))
                        .bind("dimensionSet", Jsonb.text(dimensionSet))
                        .bind("progress", Jsonb.of(QUEUED)),
                StreamMapping::stream);
    }

    /**
     * Changes a stream that nobody has begun with. Empty when somebody has, or when its version is not {@code version} any
     * more.
     *
     * @param metadata null: as it is
     * @param pinned as that
     */
    public Mono<StreamRow> revise(
            StreamRef ref,
            StreamOptions options,
            DimensionSetChain dimensionSet,
            @Nullable Map<String, Object> metadata,
            @Nullable Boolean pinned,
            long version) {
        return database.one(
                database.sql(ref, """
                        UPDATE streams
                        SET options = :options, dimension_set = :dimensionSet::json,
                            metadata = coalesce(:metadata::jsonb, metadata), pinned = coalesce(:pinned, pinned),
                            updated_at = now(), version = version + 1
                        WHERE organization_id = :organization AND id = :stream AND status = 'pending'
                          AND version = :version
                        RETURNING *
                        """)
                        .bind("options", Jsonb.of(options))
                        .bind("dimensionSet", Jsonb.text(dimensionSet))
                        .bind("metadata", nullable(String.class, metadata == null ? null : Jsonb.text(metadata)))
                        .bind("pinned", nullable(Boolean.class, pinned))
                        .bind("version", version),
                StreamMapping::stream);
    }

    Mono<StreamRow> inProcess(OrganizationId organization, byte[] sourceKey) {
        return database.one(database.sql(organization, """
                        SELECT * FROM streams
                        WHERE organization_id = :organization AND source_key = :key
                          AND status IN ('pending', 'processing')
                        ORDER BY created_at, id LIMIT 1
                        """).bind("key", sourceKey), StreamMapping::stream);
    }

    /** The stream; empty when there is none or it is another organization's. */
    public Mono<StreamRow> find(StreamRef ref) {
        return database.one(
                database.sql(ref, "SELECT * FROM streams WHERE organization_id = :organization AND id = :stream"),
                StreamMapping::stream);
    }

    /** Of whichever organization: for an operator, who knows the id alone. */
    public Mono<StreamRow> anywhere(StreamId id) {
        return database.one(
                database.acrossOrganizations("SELECT * FROM streams WHERE id = :id")
                        .bind("id", id.uuid()),
                StreamMapping::stream);
    }

    /** The organization's streams. */
    public Mono<Page<StreamRow>> list(OrganizationId organization, StreamQuery query) {
        Conditions conditions = new Conditions("organization_id = :organization", organization.uuid());
        if (query.status() != null) {
            conditions.and("status = :status", query.status().wire());
        }
        if (query.platform() != null) {
            conditions.and("platform = :platform", query.platform().wire());
        }
        if (query.live() != null) {
            conditions.and("is_live = :live", query.live());
        }
        conditions.is("pinned", query.pinned());
        conditions.madeBetween(query.createdAfter(), query.createdBefore()).behind(query.page());
        GenericExecuteSpec selection = conditions.bindTo(database.sql(
                organization,
                "SELECT * FROM streams WHERE " + conditions + " " + query.page().rows()));
        return database.byTime(
                "streams",
                organization,
                query.page(),
                database.all(selection, StreamMapping::stream),
                row -> Cursor.made(row.createdAt(), row.ref().streamId().uuid()));
    }

    /**
     * Of all organizations by turns: pending streams that got their place longer ago than {@code age}, whose workflow's start
     * nobody acknowledged.
     */
    public Flux<StreamRow> findUnstarted(Duration age, int limit) {
        return database.all(
                database.acrossOrganizations("""
                        SELECT * FROM streams
                        WHERE status = 'pending' AND workflow_started_at IS NULL
                          AND admitted_at < now() - make_interval(secs => :age)
                        ORDER BY row_number() OVER (PARTITION BY organization_id ORDER BY admitted_at), admitted_at
                        LIMIT :limit
                        """)
                        .bind("age", age.toMillis() / 1000.0)
                        .bind("limit", limit),
                StreamMapping::stream);
    }

    /**
     * Of all organizations: started streams that are not at their end and gave no sign of life for {@code silence}, longest
     * unseen first. Each is handed out once in that time, whoever asks.
     */
    public Flux<StreamRow> claimSilent(Duration silence, int limit) {
        return database.all(
                database.acrossOrganizations("""
                        WITH silent AS MATERIALIZED (
                            SELECT organization_id, id FROM streams
                            WHERE status IN ('pending', 'processing') AND workflow_started_at IS NOT NULL
                              AND workflow_looked_at < now() - make_interval(secs => :silence)
                              AND updated_at < now() - make_interval(secs => :silence)
                            ORDER BY workflow_looked_at
                            LIMIT :limit
                            FOR NO KEY UPDATE SKIP LOCKED
                        )
                        UPDATE streams SET workflow_looked_at = now()
                        FROM silent
                        WHERE streams.organization_id = silent.organization_id AND streams.id = silent.id
                        RETURNING streams.*
                        """)
                        .bind("silence", silence.toMillis() / 1000.0)
                        .bind("limit", limit),
                StreamMapping::stream);
    }

    /** What time it is for everybody who looks for streams, whatever the clocks of processes say. */
    public Mono<Instant> now() {
        return database.now();
    }

    /** Notes that the start of an analysis's workflow was acknowledged. */
    public Mono<Void> markWorkflowStarted(StreamRef ref, int analysis) {
        return database.update(database.sql(ref, """
                        UPDATE streams SET workflow_started_at = now()
                        WHERE organization_id = :organization AND id = :stream AND workflow_started_at IS NULL
                          AND analysis = :analysis
                        """).bind("analysis", analysis))
                .then();
    }

    /** The sets that the stream was submitted with; empty for one of before, and when there is no such stream. */
    public Mono<DimensionSetChain> dimensionSet(StreamRef ref) {
        return database.one(
                database.sql(ref, """
                        SELECT dimension_set FROM streams
                        WHERE organization_id = :organization AND id = :stream AND dimension_set IS NOT NULL
                        """),
                row -> Jsonb.read(required(row, "dimension_set", Json.class), DimensionSetChain.class));
    }

    /** Notes which set scored the stream; null: none could. */
    Mono<Long> markScoredWith(StreamRef ref, @Nullable String setId) {
        return database.update(database.sql(ref, """
                        UPDATE streams SET scored_with = :set, updated_at = now(), version = version + 1
                        WHERE organization_id = :organization AND id = :stream AND scored_with IS DISTINCT FROM :set
                          AND status IN ('pending', 'processing')
                        """).bind("set", nullable(String.class, setId)));
    }

    /** Notes that the workflow knows of a stop, in case that it is lost before it has ended the stream. */
    public Mono<Void> markStopRequested(StreamRef ref) {
        return database.update(database.sql(ref, """
                        UPDATE streams SET stop_requested_at = now()
                        WHERE organization_id = :organization AND id = :stream AND stop_requested_at IS NULL
                          AND status IN ('pending', 'processing')
                        """)).then();
    }
}
