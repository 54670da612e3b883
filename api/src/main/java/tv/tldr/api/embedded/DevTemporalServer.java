package tv.tldr.api.embedded;

import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse;
import io.temporal.common.SearchAttributeKey;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The real Temporal server in its development form: one child process with a SQLite file, so that workflows survive a
 * restart, and the Web UI.
 */
final class DevTemporalServer implements TemporalServer {
    private static final int USUAL_PORT = 7233;
    private static final int USUAL_UI_PORT = 8233;
    private static final int ATTEMPTS = 3;
    private static final long POLL_MILLIS = 20;
    private static final int ORPHAN_GRACE_SECONDS = 8;
    private static final Duration START_TIMEOUT = Duration.ofSeconds(40);

    private final ChildProcess process;
    private final int port;
    private final int uiPort;

    private DevTemporalServer(ChildProcess process, int port, int uiPort) {
        this.process = process;
        this.port = port;
        this.uiPort = uiPort;
    }

    static DevTemporalServer start(Path cli, Home home, String namespace) throws IOException {
        Orphans.naming(home.temporalDatabase()).forEach(orphan -> Orphans.end(orphan, ORPHAN_GRACE_SECONDS));
        Path log = home.logs().resolve("temporal.log");
        String lastWords = "";
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            int port = FreePort.preferring(USUAL_PORT);
            int uiPort = FreePort.preferring(USUAL_UI_PORT);
            ChildProcess process = ChildProcess.start(command(cli, home, namespace, port, uiPort), log);
            DevTemporalServer server = new DevTemporalServer(process, port, uiPort);
            boolean healthy = false;
            try {
                healthy = server.becomesHealthy();
                if (healthy) {
                    return server;
                }
                lastWords = process.lastWords();
            } finally {
                if (!healthy) {
                    process.close();
                }
            }
        }
        throw new StartFailure("The Temporal server did not start: " + lastWords + " (all of it in " + log + ")");
    }

    static List<String> command(Path cli, Home home, String namespace, int port, int uiPort) {
        List<String> command = new ArrayList<>(List.of(cli.toString(), "server", "start-dev"));
        command.addAll(List.of("--ip", "127.0.0.1", "--port", String.valueOf(port)));
        command.addAll(List.of("--ui-port", String.valueOf(uiPort), "--ui-disable-news-fetch"));
        command.addAll(List.of("--db-filename", home.temporalDatabase().toString(), "--namespace", namespace));
        command.addAll(List.of("--log-level", "warn"));
        // Without fairness the thousand streams of one organization stand before the one of another.
        command.addAll(List.of("--dynamic-config-value", "matching.enableFairness=true"));
        SEARCH_ATTRIBUTES.forEach(
                key -> command.addAll(List.of("--search-attribute", key.getName() + "=" + type(key))));
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

    /** The command line writes {@code INDEXED_VALUE_TYPE_KEYWORD} as {@code Keyword}. */
    private static String type(SearchAttributeKey<?> key) {
        String word = key.getValueType().name().substring("INDEXED_VALUE_TYPE_".length());
        return word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT);
    }

    /** False when the process ends instead, for instance because somebody took its port in the meantime. */
    private boolean becomesHealthy() throws IOException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        WorkflowServiceStubs stubs = null;
        try {
            while (process.isAlive() && System.nanoTime() < deadline) {
                // The first gRPC call waits until somebody listens: a refused one makes the channel pause for a second.
                if (stubs == null && !FreePort.isFree(port)) {
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
