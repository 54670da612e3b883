package tv.tldr.activities.store.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What is in the schema of a database? All tables but the history of migrations, which a restored database has of its own. */
final class Catalog {
    /** Objects that rows name. A later kind of file of a highlight is found as well, since it looks for all of them. */
    static final String OBJECTS = """
            SELECT DISTINCT ON (key) key, size, sha256 FROM (
                SELECT recording_key AS key, recording_size AS size, recording_sha256 AS sha256 FROM streams
                WHERE recording_key IS NOT NULL
                UNION ALL
                SELECT file ->> 'object_key', (file ->> 'size_bytes')::bigint, file ->> 'sha256'
                FROM highlights, LATERAL jsonb_path_query(files, '$.* ? (exists (@.object_key))') AS file
                UNION ALL
                SELECT object_key, size, NULL FROM upload_parts
            ) AS named
            """;

    private static final String HISTORY = "flyway_schema_history";

    private final Connection connection;

    Catalog(Connection connection) {
        this.connection = connection;
    }

    List<String> tables() throws SQLException {
        return texts("""
                SELECT relname FROM pg_class
                WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND relname <> '%s'
                ORDER BY relname
                """.formatted(HISTORY));
    }

    /** All but those that are computed. */
    List<String> columns(String table) throws SQLException {
        return texts("""
                SELECT attname FROM pg_attribute
                WHERE attrelid = '%s'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
                ORDER BY attnum
                """.formatted(quoted(table)));
    }

    /** Whether any table has a row. */
    boolean hasRows() throws SQLException {
        for (String table : tables()) {
            if (!texts("SELECT '1' FROM " + quoted(table) + " LIMIT 1").isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Connections of the program, which calls itself so. */
    long programs() throws SQLException {
        return texts(
                        "SELECT pid::text FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'tldr'")
                .size();
    }

    /** A reference between tables. */
    record Reference(String table, String name, String definition) {}

    List<Reference> references() throws SQLException {
        List<Reference> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT conrelid::regclass::text AS held, conname, pg_get_constraintdef(oid) AS definition
                        FROM pg_constraint
                        WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
                        ORDER BY conrelid, conname
                        """)) {
            while (rows.next()) {
                found.add(new Reference(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
        }
        return found;
    }

    List<Manifest.Sequence> sequences() throws SQLException {
        List<Manifest.Sequence> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT sequencename, last_value FROM pg_sequences
                        WHERE schemaname = current_schema() AND last_value IS NOT NULL ORDER BY sequencename
                        """)) {
            while (rows.next()) {
                found.add(new Manifest.Sequence(rows.getString(1), rows.getLong(2)));
            }
        }
        return found;
    }

    /** Tables whose rows even their owner sees through policies alone. */
    List<String> walled() throws SQLException {
        return texts("""
                SELECT relname FROM pg_class
                WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND relforcerowsecurity
                """);
    }

    /** Whether a row names it now. */
    boolean isNamed(String key) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT 1 FROM (" + OBJECTS + ") one WHERE key = ?")) {
            statement.setString(1, key);
            return statement.executeQuery().next();
        }
    }

    /** The newest migration; empty in a database without any. */
    String version() throws SQLException {
        if (texts("SELECT to_regclass('" + HISTORY + "')::text WHERE to_regclass('" + HISTORY + "') IS NOT NULL")
                .isEmpty()) {
            return "";
        }
        return texts("SELECT version FROM " + HISTORY
                        + " WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1")
                .stream()
                .findFirst()
                .orElse("");
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
