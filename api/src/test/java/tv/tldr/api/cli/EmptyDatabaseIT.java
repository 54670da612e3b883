package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tv.tldr.activities.store.TestPostgres;
import tv.tldr.api.JdbcUrl;
import tv.tldr.api.TestTemporal;

/** Commands of an operator whose database has no table yet, and of one whose database has them all. */
class EmptyDatabaseIT {
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
