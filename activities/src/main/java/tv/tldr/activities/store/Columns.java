package tv.tldr.activities.store;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How is a column read: one that must be there, one that may be null, one that holds a word of an enum? */
final class Columns {
    /** What the driver reads by itself; any other type stands in jsonb. */
    private static final Set<String> PLAIN =
            Set.of("java.lang", "java.util", "java.time", "java.nio", "io.r2dbc.postgresql.codec");

    private Columns() {}

    static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }

    static <T> @Nullable T optional(Readable row, String column, Class<T> type) {
        if (type.isArray() || PLAIN.contains(type.getPackageName())) {
            return row.get(column, type);
        }
        Json json = row.get(column, Json.class);
        return json == null ? null : Jsonb.read(json, type);
    }

    static <E extends Enum<E>> E word(Readable row, String column, Class<E> type) {
        return Enum.valueOf(type, required(row, column, String.class).toUpperCase(Locale.ROOT));
    }
}
