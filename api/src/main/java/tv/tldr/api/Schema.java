package tv.tldr.api;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Which migrations has a database, against those that this program brings? Read from the table that Flyway keeps, since Flyway
 * itself takes longer to look than everything else together.
 *
 * @param applied those that succeeded
 * @param failed those that did not
 * @param brought by this program
 */
public record Schema(Set<Integer> applied, Set<Integer> failed, Set<Integer> brought) {
    public static Schema of(Connection connection) throws SQLException, IOException {
        Set<Integer> applied = new HashSet<>();
        Set<Integer> failed = new HashSet<>();
        try (Statement statement = connection.createStatement()) {
            if (hasHistory(statement)) {
                try (ResultSet rows = statement.executeQuery(
                        "SELECT version::int, success FROM flyway_schema_history WHERE version ~ '^[0-9]+$'")) {
                    while (rows.next()) {
                        (rows.getBoolean("success") ? applied : failed).add(rows.getInt("version"));
                    }
                }
            }
        }
        return new Schema(applied, failed, packed());
    }

    private static boolean hasHistory(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT to_regclass('flyway_schema_history') IS NOT NULL")) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    /** Those that this program brings and the database lacks. */
    public List<Integer> missing() {
        return brought.stream()
                .filter(version -> !applied.contains(version))
                .sorted()
                .toList();
    }

    /** Those that the database has and this program does not know. */
    public List<Integer> unknown() {
        return applied.stream()
                .filter(version -> !brought.contains(version))
                .sorted()
                .toList();
    }

    public Optional<Integer> newest() {
        return applied.stream().max(Comparator.naturalOrder());
    }

    private static Set<Integer> packed() throws IOException {
        Resource[] files = new PathMatchingResourcePatternResolver().getResources("classpath*:db/migration/V*__*.sql");
        return Arrays.stream(files)
                .map(file -> Objects.requireNonNull(file.getFilename()))
                .map(name -> Integer.valueOf(name.substring(1, name.indexOf("__"))))
                .collect(Collectors.toSet());
    }
}
