package tv.tldr.activities.store;

import static tv.tldr.activities.store.Database.nullable;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.highlight.HighlightId;

/** What do people change of highlights? Each change is written with its {@code highlight.updated}. */
public final class HighlightEditStore {
    private final Database database;
    private final EventStore events;

    HighlightEditStore(Database database, EventStore events) {
        this.database = database;
        this.events = events;
    }

    /**
     * Writes {@code edit} on those of the highlights that are there, with an event for each that is otherwise now. Another clip
     * takes the version after the next: under the next one an analysis may be cutting a clip of its own.
     *
     * @param ids each of them once
     * @param versions those that must be current; of the others whichever
     * @return none, and nothing is written, when one of them is gone or of another version
     */
    public Mono<List<HighlightRow>> edit(
            OrganizationId organization, List<HighlightId> ids, HighlightEdit edit, Map<HighlightId, Long> versions) {
        Mono<Long> expiring = Boolean.FALSE.equals(edit.pinned()) ? startClocks(organization, ids) : Mono.just(0L);
        return database.transaction(expiring.thenMany(write(organization, ids, edit, versions))
                        .collectList()
                        .flatMap(rows -> rows.size() < ids.size()
                                ? Mono.error(new Overtaken())
                                : events.append(
                                                organization,
                                                rows.stream()
                                                        .map(row -> StreamEvents.updated(
                                                                new EventId(FreshUuid.next()), row))
                                                        .toList())
                                        .thenReturn(rows)))
                .onErrorResume(Overtaken.class, overtaken -> Mono.just(List.of()));
    }

    /** Takes back the transaction. */
    private static final class Overtaken extends RuntimeException implements Refusal {
        private static final long serialVersionUID = 1;

        Overtaken() {
            super(null, null, false, false);
        }
    }

    /** What stayed for a pinned highlight alone may go now. Holds the streams, so that none is trimmed beside this. */
    private Mono<Long> startClocks(OrganizationId organization, List<HighlightId> ids) {
        return database.update(database.sql(organization, """
                        UPDATE streams SET trimmed_at = NULL
                        WHERE organization_id = :organization AND id IN (
                            SELECT stream_id FROM highlights WHERE organization_id = :organization AND id = ANY(:ids))
                        """).bind("ids", uuids(ids)));
    }

    private Flux<HighlightRow> write(
            OrganizationId organization, List<HighlightId> ids, HighlightEdit edit, Map<HighlightId, Long> versions) {
        return database.all(
                database.sql(organization, """
                        UPDATE highlights
                        SET title = nullif(coalesce(:title, title), ''),
                            description = nullif(coalesce(:description, description), ''),
                            tags = coalesce(:tags::text[], tags), metadata = coalesce(:metadata::jsonb, metadata),
                            pinned = coalesce(:pinned, pinned),
                            edited = ARRAY(SELECT DISTINCT unnest(edited || :fields::text[]) ORDER BY 1),
                            recut_version = CASE WHEN :start::float8 IS NULL THEN recut_version ELSE version + 2 END,
                            recut_start = coalesce(:start, recut_start), recut_end = coalesce(:end, recut_end),
                            recut_asked_at = CASE WHEN :start::float8 IS NULL THEN recut_asked_at ELSE now() END,
                            recut_started_at = CASE WHEN :start::float8 IS NULL THEN recut_started_at END,
                            recut_error = CASE WHEN :start::float8 IS NULL THEN recut_error END,
                            updated_at = now(),
                            version = version + CASE WHEN :start::float8 IS NULL THEN 1 ELSE 2 END
                        WHERE organization_id = :organization AND id = ANY(:ids)
                          AND version = coalesce(
                              nullif((:versions::bigint[])[array_position(:ids::uuid[], id)], 0), version)
                        RETURNING %s
                        """.formatted(HighlightMapping.COLUMNS))
                        .bind("ids", uuids(ids))
                        .bind(
                                "versions",
                                // The driver has no null in an array, and nothing has the version 0.
                                ids.stream()
                                        .map(id -> versions.getOrDefault(id, 0L))
                                        .toArray(Long[]::new))
                        .bind("title", nullable(String.class, edit.title()))
                        .bind("description", nullable(String.class, edit.description()))
                        .bind(
                                "tags",
                                nullable(
                                        String[].class,
                                        edit.tags() == null ? null : edit.tags().toArray(String[]::new)))
                        .bind(
                                "metadata",
                                nullable(String.class, edit.metadata() == null ? null : Jsonb.text(edit.metadata())))
                        .bind("pinned", nullable(Boolean.class, edit.pinned()))
                        .bind(
                                "start",
                                nullable(
                                        Double.class,
                                        edit.range() == null
                                                ? null
                                                : edit.range().start()))
                        .bind(
                                "end",
                                nullable(
                                        Double.class,
                                        edit.range() == null
                                                ? null
                                                : edit.range().end()))
                        .bind("fields", edit.fields().toArray(String[]::new)),
                HighlightMapping::highlight);
    }

    /** Those of the highlights that are there. */
    public Flux<HighlightRow> find(OrganizationId organization, List<HighlightId> ids) {
        return database.all(
                database.sql(
                                organization,
                                "SELECT " + HighlightMapping.COLUMNS
                                        + " FROM highlights WHERE organization_id = :organization AND id = ANY(:ids)")
                        .bind("ids", uuids(ids)),
                HighlightMapping::highlight);
    }

    Mono<Long> delete(OrganizationId organization, HighlightId id) {
        return database.update(
                database.sql(organization, "DELETE FROM highlights WHERE organization_id = :organization AND id = :id")
                        .bind("id", id.uuid()));
    }

    Flux<HighlightId> deleteAll(StreamRef ref) {
        return delete(ref, "");
    }

    /** One that is being pinned at the same time stays. */
    Flux<HighlightId> deleteUnpinned(StreamRef ref) {
        return delete(ref, "AND NOT pinned");
    }

    private Flux<HighlightId> delete(StreamRef ref, String condition) {
        return database.all(database.sql(ref, """
                        DELETE FROM highlights WHERE organization_id = :organization AND stream_id = :stream %s RETURNING id
                        """.formatted(condition)), HighlightMapping::id);
    }

    private static UUID[] uuids(List<HighlightId> ids) {
        return ids.stream().map(HighlightId::uuid).toArray(UUID[]::new);
    }
}
