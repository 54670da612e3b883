package tv.tldr.api.doctor;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
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
record Schema(Set<Integer> applied, Set<Integer> failed, Set<Integer> brought) {
    private record Applied(int version, boolean success) {}

    static Schema of(Connection connection) throws SQLException, IOException {
        boolean any = Jdbc.all(
                        connection, "SELECT to_regclass('flyway_schema_history') IS NOT NULL", row -> row.getBoolean(1))
                .getFirst();
        List<Applied> rows = any
                ? Jdbc.all(
                        connection,
                        "SELECT version::int, success FROM flyway_schema_history WHERE version ~ '^[0-9]+$'",
                        row -> new Applied(row.getInt(1), row.getBoolean(2)))
                : List.of();
        return new Schema(
                rows.stream().filter(Applied::success).map(Applied::version).collect(Collectors.toSet()),
                rows.stream()
                        .filter(row -> !row.success())
                        .map(Applied::version)
                        .collect(Collectors.toSet()),
                packed());
    }

    /** Those that this program brings and the database lacks. */
    List<Integer> missing() {
        return brought.stream()
                .filter(version -> !applied.contains(version))
                .sorted()
                .toList();
    }

    /** Those that the database has and this program does not know. */
    List<Integer> unknown() {
        return applied.stream()
                .filter(version -> !brought.contains(version))
                .sorted()
                .toList();
    }

    Optional<Integer> newest() {
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
