package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
