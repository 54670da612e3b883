package tv.tldr.activities.store.backup;

import java.util.List;

/**
 * What is in a backup? Written last: a backup without one is not whole. Its own hash stands beside it.
 *
 * @param format of this page
 * @param name of the backup; names in order are moments in order
 * @param createdAt when its rows were as they are in it, RFC 3339
 * @param program the version that made it
 * @param schemaVersion the newest migration that the database had
 * @param secretMark tells whether a {@code SECRET_KEY} is the one of the rows, and nothing else about it
 */
public record Manifest(
        int format,
        String name,
        String createdAt,
        String program,
        String schemaVersion,
        String secretMark,
        List<Table> tables,
        List<Sequence> sequences,
        Objects objects) {
    public static final int FORMAT = 1;

    public Manifest {
        tables = List.copyOf(tables);
        sequences = List.copyOf(sequences);
    }

    public long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }

    /** Bytes of all rows as {@code COPY} writes them. */
    public long bytes() {
        return tables.stream().mapToLong(Table::bytes).sum();
    }

    /**
     * The rows of a table.
     *
     * @param columns in the order of the text
     * @param bytes of the text that {@code COPY} wrote
     * @param sha256 of that text
     */
    public record Table(String name, List<String> columns, long rows, long bytes, String sha256) {
        public Table {
            columns = List.copyOf(columns);
        }
    }

    /** The number that a sequence gave last. */
    public record Sequence(String name, long last) {}

    /**
     * The list of objects.
     *
     * @param bytes of all of them
     * @param missing objects that rows name and the store has not got
     * @param sha256 of the list
     */
    public record Objects(long count, long bytes, List<String> missing, String sha256) {
        public Objects {
            missing = List.copyOf(missing);
        }
    }
}
