package tv.tldr.api.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/** Which migrations has the database, and which does this program bring? The same that a start applies, by the same role. */
final class Migrations {
    private Migrations() {}

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
}
