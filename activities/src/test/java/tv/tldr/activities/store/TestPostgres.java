package tv.tldr.activities.store;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.r2dbc.core.DatabaseClient;

/** A real PostgreSQL: one server for the whole run, a fresh database for whoever asks. */
public final class TestPostgres {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestPostgres() {}

    /** Started when first asked for; zonky stops it when the program ends. */
    private static final class Server {
        static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start() {
            try {
                // Nothing here outlives the run: no need to wait for the disk.
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "60")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Host, port and name of a new, empty database, to stand behind {@code jdbc:postgresql://} or {@code r2dbc:…}. */
    static String freshDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = Server.INSTANCE.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return "localhost:" + Server.INSTANCE.getPort() + "/" + name;
    }

    /** Past the program and its roles: for what a test prepares, and for looking after it. */
    public static DatabaseClient owner(String databaseUrl) {
        // Kept for a moment: to make a connection takes a server longer than most of what tests ask.
        return DatabaseClient.create(
                new ConnectionPool(ConnectionPoolConfiguration.builder(ConnectionFactories.get("r2dbc:" + databaseUrl))
                        .initialSize(0)
                        .maxSize(20)
                        .maxIdleTime(Duration.ofSeconds(5))
                        .build()));
    }

    /** The same as {@code DATABASE_URL} wants it. */
    public static String freshDatabaseUrl() {
        return "postgresql://postgres@" + freshDatabase();
    }
}
