package tv.tldr.activities.store;

import static java.util.stream.Collectors.joining;
import static tv.tldr.activities.store.Columns.required;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.StoreFailure.Kind;
import tv.tldr.activities.store.Submission.Accepted;
import tv.tldr.activities.store.Submission.Busy;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Plan;

/**
 * Which streams may be in process? As many of an organization at once as its plan allows, those that wait longest first.
 * Decided one after the other in each organization, so that the limit holds whoever races whom. A place is free again when
 * its stream has ended, by that alone.
 */
public final class PlaceStore {
    /** Null where the plan sets none. */
    private static final String MOST = Arrays.stream(Plan.values())
            .flatMap(plan -> plan.limits().stream().map(limits -> "WHEN '%s' THEN %d"
                    .formatted(plan.name().toLowerCase(Locale.ROOT), limits.concurrentStreams())))
            .collect(joining(" ", "CASE plan ", " END"));

    private final Database database;
    private final StreamStore streams;

    PlaceStore(Database database, StreamStore streams) {
        this.database = database;
        this.streams = streams;
    }

    /** Gives the free places away: the streams that may be started now, and by the caller, in their order. */
    public Mono<List<StreamRow>> grant(OrganizationId organization) {
        return alone(organization, granted(organization));
    }

    /** Writes the stream down only if it can have a place at once; else nothing is written. */
    public Mono<Submission> submitNow(NewStream stream) {
        OrganizationId organization = stream.ref().organizationId();
        Mono<Submission> submission = streams.submit(stream)
                .flatMap(written -> written instanceof Accepted
                        ? granted(organization).flatMap(rows -> place(stream, rows))
                        : Mono.just(written));
        return alone(organization, submission).onErrorResume(PlaceStore::isFull, full -> usage(organization)
                .map(places -> new Busy(places.used(), places.most())));
    }

    /** Of all organizations: those in which streams wait, and not only for others to end. */
    public Flux<OrganizationId> withFreePlaces() {
        return database.all(
                database.acrossOrganizations("""
                        WITH waiting AS (
                            SELECT DISTINCT organization_id FROM streams
                            WHERE status = 'pending' AND admitted_at IS NULL AND queued_at IS NOT NULL
                        )
                        SELECT id, %s AS most FROM organizations JOIN waiting ON waiting.organization_id = id
                        WHERE coalesce(%s > (%s), true)
                        """.formatted(MOST, MOST, taken("organizations.id"))),
                row -> new OrganizationId(required(row, "id", UUID.class)));
    }

    /** How many places are taken, of how many; {@link Places#most} is {@link Integer#MAX_VALUE} when the plan sets no limit. */
    public Mono<Places> usage(OrganizationId organization) {
        return database.one(
                database.sql(
                        organization,
                        "SELECT (%s)::integer AS used, coalesce(%s, %d) AS most FROM organizations WHERE id = :organization"
                                .formatted(taken(":organization"), MOST, Integer.MAX_VALUE)),
                row -> new Places(required(row, "used", Integer.class), required(row, "most", Integer.class)));
    }

    public record Places(int used, int most) {}

    private <T> Mono<T> alone(OrganizationId organization, Mono<T> work) {
        return database.alone("places of " + organization, work);
    }

    private Mono<List<StreamRow>> granted(OrganizationId organization) {
        return database.all(
                        database.sql(organization, """
                                WITH free AS (
                                    SELECT CASE WHEN most IS NULL THEN NULL ELSE greatest(0, most - (%s)) END AS places
                                    FROM (SELECT %s AS most FROM organizations WHERE id = :organization) AS plan
                                ), next AS (
                                    SELECT id FROM streams
                                    WHERE organization_id = :organization AND status = 'pending'
                                      AND admitted_at IS NULL AND queued_at IS NOT NULL
                                    ORDER BY queued_at, id
                                    LIMIT (SELECT places FROM free)
                                )
                                UPDATE streams SET admitted_at = now(), updated_at = now()
                                FROM next
                                WHERE streams.organization_id = :organization AND streams.id = next.id
                                RETURNING streams.*
                                """.formatted(taken(":organization"), MOST)), StreamMapping::stream)
                .sort(Comparator.comparing(StreamRow::createdAt)
                        .thenComparing(row -> row.ref().streamId().toString()))
                .collectList();
    }

    /** How many places are taken. */
    static String taken(String organization) {
        return """
                SELECT count(*) FROM streams
                WHERE streams.organization_id = %s
                  AND (status = 'processing' OR status = 'pending' AND admitted_at IS NOT NULL)
                """.formatted(organization);
    }

    private static Mono<Submission> place(NewStream stream, List<StreamRow> granted) {
        return granted.stream()
                .filter(row -> row.ref().equals(stream.ref()))
                .findFirst()
                .<Mono<Submission>>map(row -> Mono.just(new Accepted(row)))
                // Takes back the transaction, and with it the row.
                .orElseGet(() -> Mono.error(new StoreFailure(Kind.CONFLICT, "no place is free", null)));
    }

    private static boolean isFull(Throwable failure) {
        return failure instanceof StoreFailure store && store.kind() == Kind.CONFLICT;
    }
}
