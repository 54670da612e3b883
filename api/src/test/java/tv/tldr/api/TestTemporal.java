package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import tv.tldr.workflows.stream.StreamAttributes;

/**
 * A Temporal server: the real dev server where its command is found (TEMPORAL_CLI, then PATH), else the in-memory one of
 * the SDK.
 */
public final class TestTemporal implements AutoCloseable {
    private static final Map<String, String> ATTRIBUTES = Map.of(
            StreamAttributes.ORGANIZATION_ID.getName(), "Keyword",
            StreamAttributes.STREAM_STATUS.getName(), "Keyword",
            StreamAttributes.PLATFORM.getName(), "Keyword",
            StreamAttributes.IS_LIVE.getName(), "Bool",
            StreamAttributes.HIGHLIGHT_COUNT.getName(), "Int");

    private static final int MOST_ATTEMPTS = 5;

    private final String target;
    private final AutoCloseable server;

    private TestTemporal(String target, AutoCloseable server) {
        this.target = target;
        this.server = server;
    }

    public static TestTemporal start(int port) {
        return command().map(command -> real(command, port)).orElseGet(() -> inMemory(port));
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String target() {
        return target;
    }

    /** The real server; otherwise the test says nothing about ids, deadlines and restarts. */
    public static boolean isRealToBeHad() {
        return command().isPresent();
    }

    public static Optional<Path> command() {
        String configured = System.getenv().getOrDefault("TEMPORAL_CLI", "");
        if (!configured.isEmpty()) {
            return Optional.of(Path.of(configured)).filter(Files::isExecutable);
        }
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder).resolve("temporal"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static TestTemporal real(Path command, int port) {
        List<String> line = new ArrayList<>(List.of(command.toString(), "server", "start-dev", "--headless"));
        line.addAll(List.of("--ip", "127.0.0.1", "--port", String.valueOf(port), "--log-level", "error"));
        // Five failures in a row would take a minute.
        line.addAll(List.of(
                "--dynamic-config-value", "system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute=2"));
        ATTRIBUTES.forEach((name, type) -> line.addAll(List.of("--search-attribute", name + "=" + type)));
        for (int attempt = 1; ; attempt++) {
            Process process = started(line, port);
            TestTemporal server = new TestTemporal(
                    "127.0.0.1:" + port, () -> process.destroyForcibly().waitFor());
            if (server.serves(process::isAlive)) {
                return server;
            }
            // It looks for more ports by itself, and somebody may be there first.
            assertThat(attempt).as("see " + log(port)).isLessThan(MOST_ATTEMPTS);
        }
    }

    private static Process started(List<String> line, int port) {
        try {
            return new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log(port)))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static File log(int port) {
        return Path.of("target", "temporal-" + port + ".log").toFile();
    }

    private static TestTemporal inMemory(int port) {
        TestTemporal server = new TestTemporal("127.0.0.1:" + port, TestServer.createPortBoundServer(port));
        assertThat(server.serves(() -> true)).isTrue();
        OperatorServiceStubs operator = OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
                .setTarget(server.target)
                .validateAndBuildWithDefaults());
        AddSearchAttributesRequest.Builder request = AddSearchAttributesRequest.newBuilder();
        ATTRIBUTES.forEach((name, type) -> request.putSearchAttributes(
                name, IndexedValueType.valueOf("INDEXED_VALUE_TYPE_" + type.toUpperCase(Locale.ROOT))));
        operator.blockingStub().addSearchAttributes(request.build());
        operator.shutdownNow();
        return server;
    }

    /** Waits until it does; false: it has ended instead. */
    private boolean serves(BooleanSupplier lives) {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(target).build());
        try {
            await().atMost(Duration.ofSeconds(40)).until(() -> !lives.getAsBoolean() || isServing(stubs));
            return lives.getAsBoolean();
        } finally {
            stubs.shutdownNow();
        }
    }

    private static boolean isServing(WorkflowServiceStubs stubs) {
        try {
            return stubs.healthCheck().getStatus() == ServingStatus.SERVING;
        } catch (StatusRuntimeException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
