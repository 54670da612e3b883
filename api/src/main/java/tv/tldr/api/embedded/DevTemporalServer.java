package tv.tldr.api.embedded;

import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import tv.tldr.workflows.stream.StreamAttributes;

/**
 * The real Temporal server in its development form: one child process with a SQLite file, so that workflows survive a
 * restart, and the Web UI.
 */
final class DevTemporalServer implements TemporalServer, Restartable {
    private static final int USUAL_PORT = 7233;
    private static final int USUAL_UI_PORT = 8233;
    private static final int ATTEMPTS = 3;
    private static final long POLL_MILLIS = 20;
    private static final int ORPHAN_GRACE_SECONDS = 8;
    private static final Duration START_TIMEOUT = Duration.ofSeconds(40);

    private final Path database;
    private final List<String> command;
    private final Path log;
    private final int port;
    private final int uiPort;
    private volatile ChildProcess process;

    private DevTemporalServer(Path cli, Home home, String namespace, int port, int uiPort) throws IOException {
        this.database = home.temporalDatabase();
        this.command = command(cli, home, namespace, port, uiPort);
        this.log = home.logs().resolve("temporal.log");
        this.port = port;
        this.uiPort = uiPort;
        this.process = launch();
    }

    static DevTemporalServer start(Path cli, Home home, String namespace) throws IOException {
        String lastWords = "";
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            DevTemporalServer server = new DevTemporalServer(
                    cli, home, namespace, FreePort.preferring(USUAL_PORT), FreePort.preferring(USUAL_UI_PORT));
            if (server.isHealthyOrEnded()) {
                return server;
            }
            lastWords = server.lastWords();
        }
        throw new StartFailure("The Temporal server did not start: " + lastWords);
    }

    @Override
    public CompletableFuture<?> ended() {
        return process.ended();
    }

    @Override
    public void startAgain() throws IOException {
        process = launch();
        if (!isHealthyOrEnded()) {
            throw new IOException("the Temporal server did not start again: " + lastWords());
        }
    }

    @Override
    public String lastWords() {
        return process.lastWords() + " (all of it in " + log + ")";
    }

    private ChildProcess launch() throws IOException {
        Orphans.end(Orphans.naming(database), ORPHAN_GRACE_SECONDS);
        return ChildProcess.start(command, log);
    }

    /** What does not get healthy is not left running. */
    private boolean isHealthyOrEnded() throws IOException {
        boolean healthy = false;
        try {
            healthy = becomesHealthy();
            return healthy;
        } finally {
            if (!healthy) {
                process.close();
            }
        }
    }

    static List<String> command(Path cli, Home home, String namespace, int port, int uiPort) {
        List<String> command = new ArrayList<>(List.of(cli.toString(), "server", "start-dev"));
        command.addAll(List.of("--ip", "127.0.0.1", "--port", String.valueOf(port)));
        command.addAll(List.of("--ui-port", String.valueOf(uiPort), "--ui-disable-news-fetch"));
        command.addAll(List.of("--db-filename", home.temporalDatabase().toString(), "--namespace", namespace));
        command.addAll(List.of("--log-level", "warn"));
        // Without fairness the thousand streams of one organization stand before the one of another.
        command.addAll(List.of("--dynamic-config-value", "matching.enableFairness=true"));
        // Each partition is fair for itself, and few workers do not ask all of them in turn. Read from are all: an
        // earlier run's.
        command.addAll(List.of("--dynamic-config-value", "matching.numTaskqueueWritePartitions=1"));
        // Workflows whose task fails again and again can be searched for: the doctor does.
        command.addAll(List.of(
                "--dynamic-config-value", "system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute=3"));
        StreamAttributes.ALL.forEach(key ->
                command.addAll(List.of("--search-attribute", key.getName() + "=" + StreamAttributes.typeOf(key))));
        return command;
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public Optional<URI> webUi() {
        return Optional.of(URI.create("http://127.0.0.1:" + uiPort));
    }

    @Override
    public void close() {
        process.close();
    }

    /** False when the process ends instead, for instance because somebody took its port in the meantime. */
    private boolean becomesHealthy() throws IOException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        WorkflowServiceStubs stubs = null;
        try {
            while (process.isAlive() && System.nanoTime() < deadline) {
                // The first gRPC call waits until somebody listens: a refused one makes the channel pause for a second.
                if (stubs == null && FreePort.isServed(port)) {
                    stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                            .setTarget(address())
                            .build());
                }
                if (stubs != null && serves(stubs)) {
                    return true;
                }
                Thread.sleep(POLL_MILLIS);
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the Temporal server started", e);
        } finally {
            if (stubs != null) {
                stubs.shutdownNow();
            }
        }
    }

    private static boolean serves(WorkflowServiceStubs stubs) {
        try {
            return stubs.healthCheck().getStatus() == HealthCheckResponse.ServingStatus.SERVING;
        } catch (StatusRuntimeException notYet) {
            return false;
        }
    }
}
