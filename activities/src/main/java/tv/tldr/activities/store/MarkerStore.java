package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.required;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.signal.Marker;
import tv.tldr.workflows.signal.MarkerId;

/** What happened in a stream, as somebody outside of it says? Known by time, kind and label: sent again it is the same. */
public final class MarkerStore {
    /** As many as a stream has. */
    public static final int MOST = 2000;

    private final Database database;

    MarkerStore(Database database) {
        this.database = database;
    }

    /**
     * What became of what was posted.
     *
     * @param markers in the order in which they were posted
     * @param fresh how many of them nobody had posted before
     */
    public record Posted(List<MarkerRow> markers, int fresh) {}

    private record Written(MarkerRow marker, boolean fresh) {}

    /**
     * Writes all of {@code wanted} down, no two of which are the same; of one that stands already the weight, lead, lag and
     * metadata are written anew. Empty, and nothing is written, when the stream would have more than {@link #MOST}.
     */
    public Mono<Posted> post(StreamRef ref, List<NewMarker> wanted) {
        return database.alone("markers of " + ref.streamId(), write(ref, wanted).flatMap(posted -> count(ref)
                        .map(count -> {
                            if (count > MOST) {
                                throw new TooMany();
                            }
                            return posted;
                        })))
                .onErrorResume(TooMany.class, many -> Mono.empty());
    }

    private static final class TooMany extends RuntimeException implements Refusal {
        private static final long serialVersionUID = 1L;
    }

    private Mono<Posted> write(StreamRef ref, List<NewMarker> wanted) {
        return database.all(
                        database.sql(ref, """
                        INSERT INTO stream_markers (organization_id, stream_id, id, marked_at, kind, label, weight, lead, lag,
                                                    metadata)
                        SELECT :organization, :stream, one.*
                        FROM unnest(:ids::uuid[], :times::float8[], :kinds::text[], :labels::text[], :weights::float8[],
                                    :leads::float8[], :lags::float8[], :metadata::jsonb[]) AS one
                        ON CONFLICT (organization_id, stream_id, marked_at, kind, label) DO UPDATE
                        SET weight = excluded.weight, lead = excluded.lead, lag = excluded.lag, metadata = excluded.metadata
                        RETURNING *, xmax = 0 AS fresh
                        """)
                                .bind("ids", array(wanted, one -> FreshUuid.next(), UUID[]::new))
                                .bind("times", numbers(wanted, Marker::time))
                                .bind("kinds", array(wanted, one -> one.marker().kind(), String[]::new))
                                .bind("labels", array(wanted, one -> label(one.marker()), String[]::new))
                                .bind("weights", numbers(wanted, Marker::weight))
                                .bind("leads", numbers(wanted, Marker::lead))
                                .bind("lags", numbers(wanted, Marker::lag))
                                .bind("metadata", array(wanted, one -> Jsonb.text(one.metadata()), String[]::new)),
                        row -> new Written(marker(row), required(row, "fresh", Boolean.class)))
                .collectList()
                .map(written -> posted(wanted, written));
    }

    private static Posted posted(List<NewMarker> wanted, List<Written> written) {
        List<MarkerRow> inOrder = wanted.stream()
                .map(one -> written.stream()
                        .map(Written::marker)
                        .filter(row -> row.marker().equals(one.marker()))
                        .findFirst()
                        .orElseThrow())
                .toList();
        return new Posted(inOrder, (int) written.stream().filter(Written::fresh).count());
    }

    private static Double[] numbers(List<NewMarker> wanted, Function<Marker, Double> value) {
        return array(wanted, one -> value.apply(one.marker()), Double[]::new);
    }

    private static <T> T[] array(List<NewMarker> wanted, Function<NewMarker, T> value, IntFunction<T[]> empty) {
        return wanted.stream().map(value).toArray(empty);
    }

    private static String label(Marker marker) {
        return Objects.requireNonNullElse(marker.label(), "");
    }

    private Mono<Long> count(StreamRef ref) {
        return database.one(database.sql(ref, """
                        SELECT count(*) AS count FROM stream_markers
                        WHERE organization_id = :organization AND stream_id = :stream
                        """), row -> required(row, "count", Long.class));
    }

    /** All of a stream, by time. */
    public Mono<List<Marker>> load(StreamRef ref) {
        return list(ref, null, MOST)
                .map(page -> page.items().stream().map(MarkerRow::marker).toList());
    }

    /** By time. */
    public Mono<Page<MarkerRow>> list(StreamRef ref, @Nullable Cursor after, int limit) {
        Conditions conditions = new Conditions("organization_id = :organization AND stream_id = :stream");
        if (after != null) {
            conditions.and("(marked_at, id) > (:time, :id)", after.number(), after.id());
        }
        return database.all(
                        conditions.bindTo(database.sql(ref, """
                        SELECT * FROM stream_markers WHERE %s ORDER BY marked_at, id LIMIT %d
                        """.formatted(conditions, limit + 1))), MarkerStore::marker)
                .collectList()
                .map(rows -> Page.of(
                        rows,
                        limit,
                        row -> new Cursor(
                                Double.toString(row.marker().time()), row.id().uuid())));
    }

    /** Whether there was such a marker. */
    public Mono<Boolean> delete(StreamRef ref, MarkerId marker) {
        return database.update(database.sql(ref, """
                        DELETE FROM stream_markers
                        WHERE organization_id = :organization AND stream_id = :stream AND id = :id
                        """).bind("id", marker.uuid())).map(rows -> rows > 0);
    }

    private static MarkerRow marker(Readable row) {
        String label = required(row, "label", String.class);
        return new MarkerRow(
                new MarkerId(required(row, "id", UUID.class)),
                new Marker(
                        required(row, "kind", String.class),
                        required(row, "marked_at", Double.class),
                        label.isEmpty() ? null : label,
                        required(row, "weight", Double.class),
                        required(row, "lead", Double.class),
                        required(row, "lag", Double.class)),
                Jsonb.object(required(row, "metadata", Json.class)),
                required(row, "created_at", Instant.class));
    }
}
