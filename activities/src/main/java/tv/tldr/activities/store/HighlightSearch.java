package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.stream.StreamId;

/** Which highlights of all its streams does an organization look for? */
public final class HighlightSearch {
    private final Database database;

    HighlightSearch(Database database) {
        this.database = database;
    }

    /** @param after the {@link Page#next()} of the page before, in the same order; null: the first page */
    public Mono<Page<HighlightRow>> list(
            OrganizationId organization,
            HighlightFilter filter,
            HighlightSort sort,
            @Nullable Cursor after,
            int limit) {
        Conditions conditions = conditions(organization, filter);
        if (after != null) {
            conditions.and(
                    "(" + sort.column() + ", id) " + sort.comparison() + " (:place, :id)",
                    sort.value(after),
                    after.id());
        }
        Mono<List<HighlightRow>> look = database.all(
                        conditions.bindTo(database.sql(organization, """
                        SELECT %1$s FROM highlights
                        WHERE %2$s
                        ORDER BY %3$s %4$s, id %4$s
                        LIMIT %5$d
                        """.formatted(
                                HighlightMapping.COLUMNS, conditions, sort.column(), sort.direction(), limit + 1))),
                        HighlightMapping::highlight)
                .collectList();
        return (sort.isFromTheOldest() ? database.fromTheOldest("highlights", organization, look) : look)
                .map(rows -> Page.of(rows, limit, sort::position));
    }

    /** What they come to, by one consistent look. */
    public Mono<HighlightSummary> summary(OrganizationId organization, HighlightFilter filter) {
        Conditions conditions = conditions(organization, filter);
        return database.all(
                        conditions.bindTo(database.sql(organization, """
                        SELECT type, count(*) AS count, count(DISTINCT stream_id) AS streams,
                               sum(end_time - start_time) AS seconds, avg(confidence_score) AS average,
                               max(confidence_score) AS highest
                        FROM highlights
                        WHERE %s
                        GROUP BY GROUPING SETS ((), (type))
                        ORDER BY type IS NOT NULL, count DESC, type
                        """.formatted(conditions))),
                        row -> new Sum(
                                optional(row, "type", String.class),
                                required(row, "count", Long.class),
                                required(row, "streams", Long.class),
                                optional(row, "seconds", Double.class),
                                optional(row, "average", Double.class),
                                optional(row, "highest", Double.class)))
                .collectList()
                .map(HighlightSearch::summary);
    }

    private record Sum(
            @Nullable String type,
            long count,
            long streams,
            @Nullable Double seconds,
            @Nullable Double average,
            @Nullable Double highest) {
        double total() {
            return seconds == null ? 0 : seconds;
        }
    }

    private static HighlightSummary summary(List<Sum> sums) {
        Sum all = sums.getFirst();
        return new HighlightSummary(
                all.count(),
                all.streams(),
                all.total(),
                all.average(),
                all.highest(),
                sums.stream().skip(1).flatMap(sum -> ofType(sum).stream()).toList());
    }

    private static List<HighlightSummary.OfType> ofType(Sum sum) {
        String type = sum.type();
        Double average = sum.average();
        return type == null || average == null
                ? List.of()
                : List.of(new HighlightSummary.OfType(type, sum.count(), sum.total(), average));
    }

    private static Conditions conditions(OrganizationId organization, HighlightFilter filter) {
        Conditions conditions = new Conditions("organization_id = :organization", organization.uuid());
        StreamId stream = filter.stream();
        if (stream != null) {
            conditions.and("stream_id = :stream", stream.uuid());
        }
        if (!filter.ids().isEmpty()) {
            conditions.and("id = ANY(:ids)", (Object)
                    filter.ids().stream().map(HighlightId::uuid).toArray(UUID[]::new));
        }
        if (filter.minConfidence() > 0) {
            conditions.and("confidence_score >= :min_confidence", filter.minConfidence());
        }
        if (!filter.types().isEmpty()) {
            conditions.and("type = ANY(:types)", (Object) filter.types().toArray(String[]::new));
        }
        if (!filter.tags().isEmpty()) {
            conditions.and("tags @> :tags", (Object) filter.tags().toArray(String[]::new));
        }
        if (filter.cut() != null) {
            conditions.and(filter.cut() ? "files IS NOT NULL" : "files IS NULL");
        }
        conditions.is("pinned", filter.pinned());
        return conditions.madeBetween(filter.createdAfter(), filter.createdBefore());
    }
}
