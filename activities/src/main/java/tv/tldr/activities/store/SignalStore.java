package tv.tldr.activities.store;

import static java.util.stream.Collectors.joining;
import static tv.tldr.activities.store.Columns.required;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.TimeRange;

/** What was measured of each segment? One row a segment, one column a signal, named as on the wire. */
public final class SignalStore {
    private static final Set<SignalKind> ALL = EnumSet.allOf(SignalKind.class);
    private static final String INSERT = """
            INSERT INTO signals (organization_id, stream_id, segment, way, first_second, seconds,
                                 cut_times, pause_starts, pause_ends, %s)
            VALUES (:organization, :stream, :segment, :way, :first, :seconds,
                    :cutTimes, :pauseStarts, :pauseEnds, %s)
            ON CONFLICT (organization_id, stream_id, segment) DO NOTHING
            """.formatted(
                    columns(ALL), ALL.stream().map(kind -> ":" + kind.wire()).collect(joining(", ")));
    private static final String ADOPT = """
            INSERT INTO signals (organization_id, stream_id, measured_for, segment, way, first_second, seconds,
                                 cut_times, pause_starts, pause_ends, %1$s)
            SELECT organization_id, :stream, coalesce(measured_for, stream_id), segment, way, first_second, seconds,
                   cut_times, pause_starts, pause_ends, %1$s
            FROM signals
            WHERE organization_id = :organization AND segment = :segment AND way = :way AND stream_id IN (
                SELECT other.id
                FROM streams JOIN streams AS other USING (organization_id, recording_sha256)
                WHERE organization_id = :organization AND streams.id = :stream AND other.id <> :stream
            )
            LIMIT 1
            ON CONFLICT (organization_id, stream_id, segment) DO NOTHING
            """.formatted(columns(ALL));

    private final Database database;

    SignalStore(Database database) {
        this.database = database;
    }

    /** Whether the segment with this number is measured and stored. */
    public Mono<Boolean> exists(StreamRef ref, int segment) {
        return database.one(
                database.sql(ref, """
                        SELECT EXISTS (
                            SELECT FROM signals
                            WHERE organization_id = :organization AND stream_id = :stream AND segment = :segment
                        ) AS stored
                        """).bind("segment", segment), row -> required(row, "stored", Boolean.class));
    }

    /**
     * Takes what was measured of the segment for another stream of the organization with the same recording; whether there
     * was anything.
     *
     * @param way as it was given to {@link #save}
     */
    public Mono<Boolean> adopt(StreamRef ref, int segment, String way) {
        return database.update(database.sql(ref, ADOPT).bind("segment", segment).bind("way", way))
                .map(rows -> rows > 0);
    }

    /**
     * Stores what was measured of a segment; what is stored already stays.
     *
     * @param way names all that decides, beside the recording, what the signals are
     */
    public Mono<Void> save(StreamRef ref, int segment, String way, Signals signals) {
        GenericExecuteSpec insert = database.sql(ref, INSERT)
                .bind("segment", segment)
                .bind("way", way)
                .bind("first", signals.firstSecond())
                .bind("seconds", signals.seconds())
                .bind("cutTimes", signals.cuts().toArray(Double[]::new))
                .bind(
                        "pauseStarts",
                        signals.pauses().stream().map(TimeRange::start).toArray(Double[]::new))
                .bind("pauseEnds", signals.pauses().stream().map(TimeRange::end).toArray(Double[]::new));
        for (SignalKind kind : ALL) {
            insert = insert.bind(
                    kind.wire(),
                    signals.curve(kind)
                            .map(values -> Parameters.in(boxed(values)))
                            .orElse(Parameters.in(Float[].class)));
        }
        return database.update(insert).then();
    }

    /** The signals of every stored segment, by number; {@link Signals#join} makes one of them. */
    public Flux<Signals> load(StreamRef ref) {
        return load(ref, ALL);
    }

    /** The same with some curves only. */
    public Flux<Signals> load(StreamRef ref, Set<SignalKind> kinds) {
        String curves = kinds.isEmpty() ? "" : ", " + columns(kinds);
        return database.all(database.sql(ref, """
                        SELECT first_second, seconds, cut_times, pause_starts, pause_ends%s FROM signals
                        WHERE organization_id = :organization AND stream_id = :stream
                        ORDER BY segment
                        """.formatted(curves)), row -> signals(row, kinds));
    }

    private static Signals signals(Readable row, Set<SignalKind> kinds) {
        Map<SignalKind, float[]> curves = new EnumMap<>(SignalKind.class);
        for (SignalKind kind : kinds) {
            Float[] values = row.get(kind.wire(), Float[].class);
            if (values != null) {
                curves.put(kind, unboxed(values));
            }
        }
        Double[] starts = required(row, "pause_starts", Double[].class);
        Double[] ends = required(row, "pause_ends", Double[].class);
        return new Signals(
                required(row, "first_second", Integer.class),
                required(row, "seconds", Integer.class),
                curves,
                Arrays.asList(required(row, "cut_times", Double[].class)),
                IntStream.range(0, starts.length)
                        .mapToObj(i -> new TimeRange(starts[i], ends[i]))
                        .toList());
    }

    private static String columns(Set<SignalKind> kinds) {
        return kinds.stream().map(SignalKind::wire).collect(joining(", "));
    }

    private static Float[] boxed(float[] values) {
        Float[] boxed = new Float[values.length];
        Arrays.setAll(boxed, i -> values[i]);
        return boxed;
    }

    private static float[] unboxed(Float[] values) {
        float[] unboxed = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            unboxed[i] = values[i];
        }
        return unboxed;
    }
}
