package tv.tldr.api.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import tv.tldr.api.DatabaseUrl;

/** Which migrations has the database, and which does this program bring? The same that a start applies, by the same role. */
final class Migrations {
    private Migrations() {}

    static FluentConfiguration of(String databaseUrl) {
        Map<String, Object> driver = DatabaseUrl.drivers(databaseUrl);
        return Flyway.configure()
                .dataSource(
                        String.valueOf(driver.get("spring.flyway.url")),
                        text(driver, "spring.flyway.user"),
                        text(driver, "spring.flyway.password"));
    }

    /** Where it is, without the password. */
    static String place(String databaseUrl) {
        return String.valueOf(DatabaseUrl.drivers(databaseUrl).get("spring.flyway.url"))
                .replaceFirst("^jdbc:postgresql://", "")
                .replaceFirst("\\?.*$", "");
    }

    /** Those that a newer version of the program has applied. */
    static List<MigrationInfo> ofTheFuture(Flyway flyway) {
        return Arrays.stream(flyway.info().applied())
                .filter(migration -> migration.getState().name().startsWith("FUTURE"))
                .toList();
    }

    /** The newest that is applied; empty in a database without tables. */
    static Optional<MigrationInfo> current(Flyway flyway) {
        return Optional.ofNullable(flyway.info().current());
    }

    private static @Nullable String text(Map<String, Object> driver, String name) {
        Object value = driver.get(name);
        return value == null ? null : value.toString();
    }
}
