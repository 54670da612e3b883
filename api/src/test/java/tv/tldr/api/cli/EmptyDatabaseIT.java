package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.store.TestPostgres;
import tv.tldr.api.JdbcUrl;
import tv.tldr.api.TestTemporal;
import tv.tldr.workflows.stream.StreamId;

/** Commands of an operator whose database has no table yet, and of one whose database has them all. */
class EmptyDatabaseIT {
    private static final String STREAM = """
            INSERT INTO organizations (id, name, plan) VALUES ('00000000-0000-7000-8000-000000000001', 'one', 'starter');
            INSERT INTO streams (organization_id, id, source_url, source_key, platform, status, is_live, allow_duplicate, options,
                                 metadata, progress, workflow_id)
            VALUES ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000000', 'https://example.com/a.mp4',
                    decode(repeat('00', 32), 'hex'), 'file', 'processing', false, false, '{}', '{}', '{"stage": "probing"}',
                    'stream/x');
            """;

    @TempDir
    private Path folder = Path.of("");

    private String url = "";

    @BeforeEach
    void nameIt() throws IOException {
        url = TestPostgres.freshDatabaseUrl();
        settings("127.0.0.1:1");
    }

    @Test
    void whoSweepsWithoutTablesHearsHowTheyAreMade() {
        assertThat(typed(1, "storage", "sweep", "--yes").err())
                .contains("./tldr db migrate")
                .doesNotContain("SQLSTATE");
    }

    @Test
    void whatWasAppliedIsToldAsApplied() {
        JsonNode before = typed(0, "db", "migrate", "--dry-run", "--json").json();
        assertThat(before.get(0).path("state").asString()).isEqualTo("Pending");

        JsonNode applied = typed(0, "db", "migrate", "--json").json();

        assertThat(applied).hasSameSizeAs(before);
        assertThat(applied).allSatisfy(migration -> {
            assertThat(migration.path("state").asString()).isEqualTo("Success");
            assertThat(Instant.parse(migration.path("installed_on").asString())).isNotNull();
        });
        assertThat(typed(0, "db", "migrate", "--json").json()).isEmpty();
    }

    @Test
    void aHistoryThatIsThereGetsNoBaseline() {
        JdbcUrl.of(url).flyway().target("3").load().migrate();

        assertThat(typed(1, "db", "baseline", "--at", "2", "--yes").err())
                .contains("has a history, up to V3", "./tldr db migrate")
                .doesNotContain("http", "doctor");
    }

    @Test
    void whoDrainsAQueueByAProgramIsAnsweredAsOne() throws Exception {
        try (TestTemporal temporal = TestTemporal.start(TestTemporal.freePort())) {
            settings(temporal.target());

            JsonNode drained = typed(0, "queue", "drain", "media", "--json").json();
            JsonNode resumed =
                    typed(0, "queue", "drain", "media", "--resume", "--json").json();

            assertThat(drained.path("queue").asString()).isEqualTo("media");
            assertThat(drained.path("drained").asBoolean()).isTrue();
            assertThat(resumed.path("drained").asBoolean(true)).isFalse();
        }
    }

    /** As docs/decisions/0011-tenant-wall.md has it for the program itself. */
    @Test
    void whoOwnsNoTableHearsWhoMayLook() throws Exception {
        JdbcUrl.of(url).flyway().load().migrate();
        String database = url.replaceFirst(".*/", "");
        String login = "owns_nothing_in_" + database;
        try (Connection connection = JdbcUrl.of(url).connect(Map.of());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE " + login + " LOGIN; GRANT " + database + "_app, " + database + "_across TO "
                    + login + " WITH INHERIT FALSE, SET TRUE");
        }
        url = url.replace("//postgres@", "//" + login + "@");
        settings("127.0.0.1:1");

        for (String[] command :
                new String[][] {{"db", "history"}, {"db", "backup", "--to", "kept"}, {"storage", "verify"}}) {
            assertThat(typed(1, command).err())
                    .contains("role that owns the tables")
                    .doesNotContain("permission denied", "SQL State", "cannot be migrated");
        }
    }

    @Test
    void whatTheDatabaseKnowsOfAStreamIsToldWhileTemporalIsAway() throws Exception {
        JdbcUrl.of(url).flyway().load().migrate();
        try (Connection connection = JdbcUrl.of(url).connect(Map.of());
                Statement statement = connection.createStatement()) {
            statement.execute(STREAM);
        }

        Typed described = typed(1, "streams", "describe", String.valueOf(new StreamId(new UUID(0x7000, 1L << 63))));

        assertThat(described.out()).contains("processing").doesNotContain("does not know");
        assertThat(described.err())
                .contains("Temporal does not answer", "./tldr doctor")
                .doesNotContain("UNAVAILABLE", "io exception", "CallOptions");
    }

    /** A sweep that came round in a backup would remove what it copies, and a restore would take itself for others. */
    @Test
    void nothingIsDoneByTheClockWhileACommandIsAtWork() throws Exception {
        JdbcUrl.of(url).flyway().load().migrate();
        Surroundings surroundings = new Surroundings(
                new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), Map.of(), folder, false, 0);

        try (Installation command = Installation.open(
                surroundings, new Cleanup(), new Messages(surroundings.err(), true), Installation.Need.DATABASE)) {
            assertThat(command.part(ObjectStore.class)).isNotNull();

            await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10)).until(() -> connected() == 0);
        }
    }

    /** Connections that the program has, as it calls itself. */
    private int connected() throws SQLException {
        try (Connection connection = JdbcUrl.of(url).connect(Map.of());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND application_name = 'tldr'")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private void settings(String temporal) throws IOException {
        Files.writeString(
                folder.resolve(".env"),
                "DATABASE_URL=" + url + "\nTEMPORAL_ADDRESS=" + temporal
                        + "\nSECRET_KEY=0f1e2d3c4b5a69788796a5b4c3d2e1f0\n");
    }

    private Typed typed(int exit, String... arguments) {
        Typed typed = Typed.in(folder, arguments);
        assertThat(typed.exitCode()).as(typed.toString()).isEqualTo(exit);
        return typed;
    }
}
