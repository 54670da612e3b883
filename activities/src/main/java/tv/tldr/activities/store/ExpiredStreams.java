package tv.tldr.activities.store;

import static java.util.stream.Collectors.joining;
import static tv.tldr.activities.store.Columns.required;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Plan;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.stream.StreamId;

/**
 * Which streams have been kept as long as their plan says, and how do they go? By the database's clock, which wrote when they
 * ended: a process whose own is wrong removes nothing too early.
 */
public final class ExpiredStreams {
    /** Seconds; null where the plan keeps for good. */
    private static final String KEPT = Arrays.stream(Plan.values())
            .flatMap(plan -> plan.limits().stream().map(limits -> "WHEN '%s' THEN %d"
                    .formatted(
                            plan.name().toLowerCase(Locale.ROOT),
                            limits.retention().toSeconds())))
            .collect(joining(" ", "make_interval(secs => CASE plan ", " END)"));

    private static final String OVER = RetentionStore.EXPIRES + " AND streams.completed_at <= now() - " + KEPT;

    /** Of what was found in a stream; what was paid stays written down. */
    private static final List<String> FINDINGS = List.of(
            "signals",
            "candidates",
            "local_transcripts",
            "stream_markers",
            "model_plans",
            "model_windows",
            "model_answers",
            "model_comparisons",
            "uploads");

    private final Database database;
    private final HighlightEditStore edits;
    private final RemovalStore removals;
    private final UsageStore usage;

    ExpiredStreams(Database database, HighlightEditStore edits, RemovalStore removals, UsageStore usage) {
        this.database = database;
        this.edits = edits;
        this.removals = removals;
        this.usage = usage;
    }

    /** Of all organizations: streams whose time is over, longest first. */
    public Flux<StreamRef> over(int limit) {
        return database.all(
                database.acrossOrganizations("""
                        SELECT due.organization_id, due.id
                        FROM organizations CROSS JOIN LATERAL (
                            SELECT streams.organization_id, streams.id, streams.completed_at FROM streams
                            WHERE streams.organization_id = organizations.id AND %s
                            ORDER BY streams.completed_at LIMIT :limit) AS due
                        ORDER BY due.completed_at, due.id LIMIT :limit
                        """.formatted(OVER)).bind("limit", limit),
                row -> new StreamRef(
                        new OrganizationId(required(row, "organization_id", UUID.class)),
                        new StreamId(required(row, "id", UUID.class))));
    }

    /**
     * Deletes a stream whose time is over, or, where highlights of it are pinned, all of it but these and its row; the objects
     * that are to follow. None when its time is not over: it or one of its kind was pinned, begun again or given a larger plan.
     */
    public Mono<List<Removal>> remove(StreamRef ref) {
        return database.transaction(isOver(ref)
                .flatMap(over -> edits.deleteUnpinned(ref).collectList())
                .flatMap(gone -> hasHighlights(ref).flatMap(pinned -> pinned ? trim(ref, gone) : delete(ref, gone)))
                .defaultIfEmpty(List.of()));
    }

    /** Holds the stream, so that it is not pinned or begun again meanwhile. */
    private Mono<Boolean> isOver(StreamRef ref) {
        return database.one(database.sql(ref, """
                        SELECT true AS over FROM streams JOIN organizations ON organizations.id = streams.organization_id
                        WHERE streams.organization_id = :organization AND streams.id = :stream AND %s
                        FOR NO KEY UPDATE OF streams
                        """.formatted(OVER)), row -> required(row, "over", Boolean.class));
    }

    private Mono<Boolean> hasHighlights(StreamRef ref) {
        return database.one(database.sql(ref, """
                        SELECT EXISTS (
                            SELECT FROM highlights WHERE organization_id = :organization AND stream_id = :stream) AS any
                        """), row -> required(row, "any", Boolean.class));
    }

    private Mono<List<Removal>> delete(StreamRef ref, List<HighlightId> gone) {
        return removals.deleteStream(ref, gone)
                .map(done -> List.of(new Removal(ref.organizationId(), ObjectKeys.stream(ref))));
    }

    private Mono<List<Removal>> trim(StreamRef ref, List<HighlightId> gone) {
        List<Removal> objects = new ArrayList<>();
        objects.add(new Removal(ref.organizationId(), ObjectKeys.source(ref)));
        gone.forEach(id -> objects.add(new Removal(ref.organizationId(), ObjectKeys.highlight(ref, id))));
        return Flux.fromIterable(FINDINGS)
                .concatMap(table -> database.update(database.sql(
                        ref,
                        "DELETE FROM " + table + " WHERE organization_id = :organization AND stream_id = :stream")))
                .then(database.update(database.sql(ref, """
                        UPDATE streams
                        SET recording_key = NULL, trimmed_at = now(), updated_at = now(), version = version + 1,
                            highlight_count = (
                                SELECT count(*) FROM highlights
                                WHERE organization_id = :organization AND stream_id = :stream)
                        WHERE organization_id = :organization AND id = :stream
                        """)))
                .thenMany(Flux.fromIterable(objects).concatMap(removals::note))
                .then(removals.tell(ref, gone))
                .then(usage.record(ref))
                .thenReturn(List.copyOf(objects));
    }
}
