package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tv.tldr.activities.store.TestPostgres;
import tv.tldr.api.TestTemporal;

/** A command in a folder whose settings lead to servers that others share, and where no instance runs. */
class SharedServersIT {
    private static final String OF_ANOTHER = "tldr_sk_AbCdEfGhIjKlMnOpQrStUvWxYz012345";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whoAsksTakesNoWorkAndNeitherPortNorRoleOfTheProcessesThatDo() throws Exception {
        try (TestTemporal temporal = TestTemporal.start(TestTemporal.freePort());
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            settings(temporal, "API_ENABLED=false\nPORT=" + taken.getLocalPort() + "\n");

            try (Program keys = Program.start(folder, "keys", "list")) {
                assertThat(keys.exit()).as(keys.err()).isZero();
                assertThat(keys.out()).contains("bootstrap");
            }

            Typed queues = Typed.in(folder, "queue", "list", "--json");
            assertThat(queues.exitCode()).as(queues.err()).isZero();
            assertThat(queues.json()).isNotEmpty().allSatisfy(SharedServersIT::nobodyHasAskedForItsWork);
        }
    }

    @Test
    void whoBringsTheKeyOfAnotherDatabaseIsToldWhatOpensThisOne() throws Exception {
        Path kept = folder.resolve(".tldr/api-key");
        Files.createDirectories(kept.getParent());
        Files.writeString(kept, OF_ANOTHER);
        try (TestTemporal temporal = TestTemporal.start(TestTemporal.freePort())) {
            String settings = settings(temporal, "WORKERS_ENABLED=false\n");
            assertThat(served()).contains("API key  none yet: with BOOTSTRAP_ANNOUNCE=true");

            Files.writeString(folder.resolve(".env"), settings + "BOOTSTRAP_ANNOUNCE=true\n");
            assertThat(served()).contains("API key  " + Files.readString(kept).strip());
            assertThat(folder.resolve(".tldr/api-key.former")).hasContent(OF_ANOTHER);

            Files.writeString(kept, OF_ANOTHER);
            assertThat(served()).contains("API key  none: ", "./tldr organizations key ORG");

            String organization = Typed.in(folder, "organizations", "list", "--json")
                    .json()
                    .at("/0/id")
                    .asString();
            Typed made = Typed.in(folder, "organizations", "key", organization);
            assertThat(made.exitCode()).as(made.err()).isZero();
            Files.writeString(kept, made.out());
            assertThat(served()).contains("API key  as before");
        }
    }

    /** What it tells whoever starts it. */
    private String served() throws Exception {
        try (Program serve = Program.start(folder, "serve")) {
            serve.ready();
            await().until(() -> serve.out().contains("Ctrl-C ends it."));
            serve.end();
            return serve.out();
        }
    }

    private String settings(TestTemporal temporal, String others) throws IOException {
        String settings = "DATABASE_URL=" + TestPostgres.freshDatabaseUrl() + "\nTEMPORAL_ADDRESS=" + temporal.target()
                + "\nSECRET_KEY=0f1e2d3c4b5a69788796a5b4c3d2e1f0\n" + others;
        Files.writeString(folder.resolve(".env"), settings);
        return settings;
    }

    private static void nobodyHasAskedForItsWork(JsonNode queue) {
        assertThat(queue.findValues("pollers")).isNotEmpty().allSatisfy(pollers -> assertThat(pollers)
                .isEmpty());
    }
}
