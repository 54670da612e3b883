package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.tldr.activities.store.TestPostgres;
import tv.tldr.api.JdbcUrl;
import tv.tldr.api.TestTemporal;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.embedded.RunningInstance;

/** Whoever has trouble gets a bundle, and no more of it. */
class SupportBundleIT {
    private static final String FAILED = """
            INSERT INTO organizations (id, name, plan)
            VALUES ('00000000-0000-7000-8000-00000000000%1$d', 'Test', 'starter');
            INSERT INTO streams (organization_id, id, source_url, source_key, platform, status, is_live, allow_duplicate, options,
                                 metadata, progress, errors, workflow_id, completed_at)
            VALUES ('00000000-0000-7000-8000-00000000000%1$d', '00000000-0000-7000-8000-0000000000a%1$d',
                    'https://example.com/a.mp4', decode(repeat('0%1$d', 32), 'hex'), 'file', 'failed', false, false, '{}',
                    '{"customer": "canary"}', '{"stage": "probing"}', '[{"code": "SOURCE_NOT_MEDIA", "message": "no media"}]',
                    'stream/%1$d', now());
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void failedStreamsAreReadFromTheDatabaseWithoutAnApiAKeyOrAMigration() throws Exception {
        String url = TestPostgres.freshDatabaseUrl();
        JdbcUrl.of(url).flyway().target("49").load().migrate();
        DatabaseClient database = TestPostgres.owner(url);
        database.sql(FAILED.formatted(1) + FAILED.formatted(2)).then().block();
        try (TestTemporal temporal = TestTemporal.start(TestTemporal.freePort())) {
            settings("DATABASE_URL=" + url + "\nTEMPORAL_ADDRESS=" + temporal.target()
                    + "\nSECRET_KEY=0f1e2d3c4b5a69788796a5b4c3d2e1f0\n");

            bundle();
        }

        JsonNode streams = JsonMapper.shared().readTree(page("streams.json"));
        assertThat(streams.valueStream()
                        .map(stream -> stream.path("workflow_id").asString()))
                .containsExactlyInAnyOrder("stream/1", "stream/2");
        assertThat(streams.valueStream()).allSatisfy(stream -> {
            assertThat(stream.path("id").asString()).startsWith("stream_");
            assertThat(stream.path("status").asString()).isEqualTo("failed");
            assertThat(stream.at("/errors/0/code").asString()).isEqualTo("SOURCE_NOT_MEDIA");
            assertThat(stream.path("completed_at").isString()).isTrue();
        });
        assertThat(page("streams.json")).doesNotContain("canary");
        assertThat(folder.resolve(".tldr/api-key")).doesNotExist();
        assertThat(count(database, "SELECT count(*) FROM api_keys")).isZero();
        assertThat(count(database, "SELECT max(version::int) FROM flyway_schema_history WHERE version IS NOT NULL"))
                .isEqualTo(49);
    }

    /** Of a process that is gone, and of one whose number another process has by now. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatAKilledInstanceLeftBehindIsNoInstance(boolean gone) throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        Home home = new Home(folder.resolve(".tldr"));
        home.create();
        long pid = gone ? process.pid() : ProcessHandle.current().pid();
        new RunningInstance(pid, URI.create("http://127.0.0.1:1"), null, "127.0.0.1:1").announce(home);

        Typed bundle = bundle();

        assertThat(bundle.err()).contains("Nothing runs here");
        assertThat(page("queues.json")).isEmpty();
        assertThat(page("doctor.json")).contains("passed_over");
        assertThat(folder.resolve(".tldr/postgres")).doesNotExist();
    }

    @Test
    void aBundleIsForItsOwnerAndReplacesNothingUnasked() throws Exception {
        Files.writeString(folder.resolve("bundle.zip"), "an album");
        Typed refused = Typed.in(folder, "support-bundle", "--out", "bundle.zip");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("bundle.zip is there already", "--force");
        assertThat(folder.resolve("bundle.zip")).hasContent("an album");

        Typed forced = Typed.in(folder, "support-bundle", "--out", "bundle.zip", "--force");

        assertThat(forced.exitCode()).as(forced.err()).isZero();
        assertThat(page("versions.txt")).startsWith("tldr ");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("bundle.zip"))))
                .isEqualTo("rw-------");
        assertThat(Typed.in(folder, "support-bundle", "--out", "nowhere/b.zip").err())
                .contains("There is no folder " + folder.resolve("nowhere"));
    }

    private Typed bundle() {
        Typed bundle = Typed.in(folder, "support-bundle", "--out", "bundle.zip");
        assertThat(bundle.exitCode()).as(bundle.err()).isZero();
        return bundle;
    }

    private String page(String name) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(folder.resolve("bundle.zip"))) {
            Path page = zip.getPath(name);
            return Files.exists(page) ? Files.readString(page) : "";
        }
    }

    private void settings(String text) throws IOException {
        Files.writeString(folder.resolve(".env"), text);
    }

    private static long count(DatabaseClient database, String statement) {
        return database.sql(statement)
                .mapValue(Long.class)
                .one()
                .blockOptional()
                .orElseThrow();
    }
}
