package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;

/** A PostgreSQL that may be broken. */
final class WardDatabase implements AutoCloseable {
    /** A stream that ended without highlights, its best moment just below the threshold. */
    static final String EMPTY_STREAM = """
            INSERT INTO organizations (id, name, plan) VALUES ('00000000-0000-7000-8000-000000000001', 'Test', 'starter');
            INSERT INTO streams (organization_id, id, source_url, source_key, platform, status, is_live, allow_duplicate, options,
                                 metadata, progress, workflow_id, completed_at)
            VALUES ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002', 'https://example.com/a.mp4',
                    decode(repeat('00', 32), 'hex'), 'file', 'completed', false, false, '{"highlight_threshold": 0.8}', '{}', '{}',
                    'stream/x', now());
            INSERT INTO candidates (organization_id, stream_id, number, start_time, end_time, peak_time, confidence, type, dimensions,
                                    reasons, start_edge, end_edge, rule, distance, explanation)
            VALUES ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002', 0, 10, 25, 17, 0.71, 'action',
                    '[]', '[]', 'cut', 'cut', 'below_threshold', 0.09, 'below')
            """;

    /** A call of the model, as the ledger has it: its state, and with what it was refused. */
    static final String ASKED = """
            INSERT INTO organizations (id, name, plan) VALUES ('00000000-0000-7000-8000-000000000001', 'Test', 'starter')
            ON CONFLICT DO NOTHING;
            INSERT INTO model_calls (organization_id, id, stream_id, kind, model, sent_at, state, text_tokens, video_tokens,
                                     audio_tokens, output_tokens, cost_usd, refused_with)
            VALUES ('00000000-0000-7000-8000-000000000001', gen_random_uuid(), gen_random_uuid(), 'window', 'gemini', now(),
                    '%s', 0, 0, 0, 0, 0.01, %s)
            """;

    private static final Pattern PSQL = Pattern.compile("psql -h (?<host>\\S+) -p (?<port>[0-9]+) -U (?<user>\\S+)"
            + " -d (?<database>\\S+) -c \"(?<statement>.*)\"");

    private static final Duration LEAVING = Duration.ofSeconds(30);

    private final Path data;
    private final List<Connection> held = new ArrayList<>();
    private EmbeddedPostgres server;

    WardDatabase(Path data) throws IOException {
        this.data = data;
        this.server = builder().start();
    }

    private EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "off")
                // Else what was migrated last is lost with the server that is killed.
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "24");
    }

    int port() {
        return server.getPort();
    }

    String url(String database) {
        return "postgresql://postgres@localhost:" + port() + "/" + database;
    }

    /** Statements at the server's own database. */
    void run(String... statements) throws SQLException {
        for (String statement : statements) {
            in("postgres", statement);
        }
    }

    void in(String database, String statement) throws SQLException {
        try (Connection connection = connect(database, "postgres");
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    /** Does what psql would, where and as whom it is told to: over JDBC, since psql need not be there. */
    void psql(String command) throws SQLException {
        Matcher told = PSQL.matcher(command);
        assertThat(told.matches()).as(command).isTrue();
        String url =
                "jdbc:postgresql://" + told.group("host") + ":" + told.group("port") + "/" + told.group("database");
        try (Connection connection = DriverManager.getConnection(url, told.group("user"), "");
                Statement run = connection.createStatement()) {
            run.execute(told.group("statement"));
        }
    }

    void create(String database) throws SQLException {
        run("CREATE DATABASE " + database);
    }

    void drop(String database) throws SQLException {
        run("DROP DATABASE " + database + " WITH (FORCE)");
    }

    /** A new database with the schema of that version. */
    void migrate(String database, String version) throws SQLException {
        create(database);
        Flyway.configure()
                .dataSource("jdbc:postgresql://localhost:" + port() + "/" + database, "postgres", "")
                .target(version)
                .load()
                .migrate();
    }

    /** As somebody who may not use the connections that are kept for superusers. */
    void takeAll(String database, String role) {
        try {
            while (true) {
                held.add(connect(database, role));
            }
        } catch (SQLException none) {
            return;
        }
    }

    void take(int connections, String database, String role) throws SQLException {
        for (int i = 0; i < connections; i++) {
            held.add(connect(database, role));
        }
    }

    /** In a transaction that does not go on. */
    void hold(String database, String doing) throws SQLException {
        Connection connection = connect(database, "postgres");
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(doing);
        }
        held.add(connection);
    }

    void letGo() throws SQLException {
        for (Connection connection : held) {
            connection.close();
        }
        held.clear();
    }

    private Connection connect(String database, String role) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://localhost:" + port() + "/" + database, role, "");
    }

    /** Stops it in the middle, or lets it go on: {@code STOP} and {@code CONT}. */
    void signal(String name) throws IOException, InterruptedException {
        signal(postmaster().pid(), name);
    }

    static void signal(long pid, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start().waitFor();
    }

    private ProcessHandle postmaster() throws IOException {
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }

    void kill() throws IOException {
        ProcessHandle postmaster = postmaster();
        postmaster.destroyForcibly();
        postmaster.onExit().join();
    }

    void startAgain() throws IOException {
        int port = port();
        server.close();
        // Its processes notice in their own time that it has gone.
        server = await().atMost(LEAVING)
                .ignoreExceptions()
                .until(() -> builder().setPort(port).start(), started -> true);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
