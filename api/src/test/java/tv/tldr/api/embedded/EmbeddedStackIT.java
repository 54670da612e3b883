package tv.tldr.api.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributes;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.workflows.stream.StreamAttributes;

class EmbeddedStackIT {
    private static final Settings ELSEWHERE = new Settings(Map.of(
            "DATABASE_URL", "postgresql://me:pw@db.example.com/tldr",
            "TEMPORAL_ADDRESS", "temporal.example.com:7233",
            "SECRET_KEY", "0123456789abcdef0123456789abcdef"));

    @TempDir
    private Path folder = Path.of("");

    private Home home = new Home(folder);

    @BeforeEach
    void makeHome() throws IOException {
        home = new Home(folder.resolve(".tldr"));
        home.create();
    }

    @Test
    void startsWhatNoSettingReplacesAndEndsIt() throws IOException {
        try (EmbeddedStack stack = EmbeddedStack.start(home, new Settings(Map.of("TEMPORAL_CLI", "none")))) {
            assertThat(stack.settings()).containsOnlyKeys("SECRET_KEY", "DATABASE_URL", "TEMPORAL_ADDRESS");
            assertThat(stack.warnings()).singleElement().asString().contains("NOTHING SURVIVES A RESTART");
            assertThat(stack.webUi()).isEmpty();
        }
        assertThat(processes()).isEmpty();
    }

    /** A program that was killed while it was just starting FFmpeg. */
    @Test
    void endsAnFfmpegThatNobodyWaitsForAnyMore() throws IOException {
        Path program = home.folder().resolve("ffmpeg/8-linux/ffmpeg");
        Files.createDirectories(program.getParent());
        Files.copy(Path.of("/bin/sleep").toRealPath(), program);
        Process left = new ProcessBuilder(program.toString(), "600").start();
        Process other = new ProcessBuilder("sleep", "600").start();

        try (EmbeddedStack _ = EmbeddedStack.start(home, ELSEWHERE)) {
            assertThat(left.isAlive()).isFalse();
            assertThat(other.isAlive()).isTrue();
        } finally {
            left.destroyForcibly();
            other.destroyForcibly();
        }
    }

    @Test
    void startsNothingThatIsThereAlready() throws IOException {
        try (EmbeddedStack stack = EmbeddedStack.start(home, ELSEWHERE)) {
            assertThat(stack.settings()).isEmpty();
            assertThat(stack.warnings()).isEmpty();
        }
        assertThat(home.postgres()).doesNotExist();
    }

    @Test
    void leavesNothingRunningWhenAPartDoesNotStart() {
        Settings settings = new Settings(Map.of("TEMPORAL_CLI", "/bin/false"));

        assertThatThrownBy(() -> EmbeddedStack.start(home, settings))
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("The Temporal server did not start");
        assertThat(processes()).isEmpty();
    }

    @Test
    void endsTheOthersWhenPostgresCannotBeUsed() throws IOException {
        Settings settings = new Settings(Map.of("TEMPORAL_CLI", System.getenv().getOrDefault("TEMPORAL_CLI", "none")));
        EmbeddedStack.start(home, new Settings(Map.of("TEMPORAL_CLI", "none"))).close();
        Files.writeString(home.postgres().resolve("password"), "forgotten");

        assertThatThrownBy(() -> EmbeddedStack.start(home, settings))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("does not answer");
        assertThat(processes()).isEmpty();
    }

    @Test
    void theInMemoryServerKnowsWhatIsSearchedByAndListensOnThisMachineAlone() throws IOException {
        InMemoryTemporalServer server = InMemoryTemporalServer.start();
        try {
            takesASearchAttribute(server);
            int port = Integer.parseInt(server.address().replaceFirst(".*:", ""));
            assertThat(reachable(outsideAddress(), port)).isFalse();
        } finally {
            server.close();
        }
    }

    @Test
    void theRealServerIsTakenFromItsOrphanAndKeepsItsState() throws Exception {
        Optional<Path> cli = TemporalCli.find(System.getenv().getOrDefault("TEMPORAL_CLI", ""));
        assumeTrue(cli.isPresent(), "no temporal command");
        // Never closed: what is left when the owner is killed.
        DevTemporalServer orphan = DevTemporalServer.start(cli.get(), home, "default");
        List<ProcessHandle> left = processes();
        assertThat(left).hasSize(1);
        assertThat(searchAttributes(orphan)).contains("OrganizationId", "HighlightCount");

        try (DevTemporalServer server = DevTemporalServer.start(cli.get(), home, "default")) {
            await().until(() -> left.stream().noneMatch(ProcessHandle::isAlive));
            assertThat(searchAttributes(server)).contains("OrganizationId", "HighlightCount");
            assertThat(status(server.webUi().orElseThrow())).isEqualTo(200);
        }
        assertThat(processes()).isEmpty();
    }

    private List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(home.folder().toString()))
                        .isPresent())
                .toList();
    }

    /** It does not list them, but refuses those that it does not know. */
    private static void takesASearchAttribute(TemporalServer server) {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(server.address())
                .build());
        try {
            WorkflowOptions options = WorkflowOptions.newBuilder()
                    .setTaskQueue("nobody")
                    .setTypedSearchAttributes(SearchAttributes.newBuilder()
                            .set(StreamAttributes.HIGHLIGHT_COUNT, 1L)
                            .build())
                    .build();
            WorkflowClient.newInstance(stubs)
                    .newUntypedWorkflowStub("Any", options)
                    .start();
        } finally {
            stubs.shutdownNow();
        }
    }

    private static Set<String> searchAttributes(TemporalServer server) {
        OperatorServiceStubs stubs = OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
                .setTarget(server.address())
                .validateAndBuildWithDefaults());
        try {
            return stubs.blockingStub()
                    .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                            .setNamespace("default")
                            .build())
                    .getCustomAttributesMap()
                    .keySet();
        } finally {
            stubs.shutdownNow();
        }
    }

    private static int status(URI page) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static InetAddress outsideAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && address.getAddress().length == 4)
                .findFirst()
                .orElseGet(() -> {
                    assumeTrue(false, "this machine has no address but the loopback");
                    return InetAddress.getLoopbackAddress();
                });
    }

    private static boolean reachable(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 1000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
