package tv.tldr.api;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Has the database all that this program reads and writes? That of a process which migrates has, before anything else. */
@Component
public final class MigratedDatabase {
    private static final Logger log = LoggerFactory.getLogger(MigratedDatabase.class);
    private static final int CONNECTING = 1;
    private static final int READING = 1;

    private final String url;
    /** Once and for all: a schema only grows. */
    private volatile boolean migrated;

    MigratedDatabase(Environment environment) {
        this.url = environment.getProperty(DatabaseUrl.SETTING, "");
        this.migrated = url.isEmpty() || environment.getProperty("spring.flyway.enabled", Boolean.class, true);
    }

    /** Whether something is known to be missing; waits for the database, two seconds at most. */
    public boolean isBehind() {
        if (migrated) {
            return false;
        }
        try (Connection connection = JdbcUrl.of(url).connect("tldr", CONNECTING, READING)) {
            migrated = Schema.of(connection).missing().isEmpty();
            return !migrated;
        } catch (SQLException | IOException unknown) {
            log.debug("Which migrations the database has is not known.", unknown);
            return false;
        }
    }
}
