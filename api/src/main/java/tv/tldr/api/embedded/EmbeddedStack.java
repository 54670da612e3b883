package tv.tldr.api.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The servers that nobody has set up: each is started unless a setting names one that is there already. Closing it ends
 * what was started, and nothing else.
 */
public final class EmbeddedStack implements AutoCloseable {
    private static final String DEFAULT_NAMESPACE = "default";

    private final Map<String, String> secrets;
    private final Optional<PostgresServer> postgres;
    private final Optional<TemporalServer> temporal;
    private final List<Supervisor> supervisors = new ArrayList<>();
    private final CompletableFuture<StartFailure> lost = new CompletableFuture<>();

    private EmbeddedStack(
            Map<String, String> secrets, Optional<PostgresServer> postgres, Optional<TemporalServer> temporal) {
        this.secrets = secrets;
        this.postgres = postgres;
        this.temporal = temporal;
        postgres.ifPresent(server -> supervisors.add(Supervisor.watching("PostgreSQL", server, lost::complete)));
        if (temporal.orElse(null) instanceof DevTemporalServer server) {
            supervisors.add(Supervisor.watching("The Temporal server", server, lost::complete));
        }
    }

    /**
     * Starts what is missing, PostgreSQL and Temporal at the same time, and returns when both answer.
     *
     * @throws StartFailure when one of them cannot start; the other is ended
     */
    public static EmbeddedStack start(Home home, Settings settings) throws IOException {
        return start(home, settings, !settings.has(Setting.TEMPORAL_ADDRESS));
    }

    /** The same without a Temporal server: for who asks the database alone. */
    public static EmbeddedStack startDatabase(Home home, Settings settings) throws IOException {
        return start(home, settings, false);
    }

    private static EmbeddedStack start(Home home, Settings settings, boolean withTemporal) throws IOException {
        // The kernel ends FFmpeg with whoever started it, unless that was killed while FFmpeg was just being started.
        Path unpacked = home.folder().resolve("ffmpeg");
        if (Files.exists(unpacked)) {
            Orphans.kill(Orphans.below(unpacked.toRealPath()));
        }
        Map<String, String> secrets = settings.has(Setting.SECRET_KEY)
                ? Map.of()
                : Map.of(Setting.SECRET_KEY, SecretFile.readOrMake(home.secretKey()));
        Part<PostgresServer> postgres = new Part<>(
                !settings.has(Setting.DATABASE_URL), () -> PostgresServer.start(home, PostgresAccount.detect()));
        Part<TemporalServer> temporal = new Part<>(withTemporal, () -> temporal(home, settings));
        try {
            return new EmbeddedStack(secrets, postgres.join(), temporal.join());
        } catch (CompletionException e) {
            postgres.endQuietly();
            temporal.endQuietly();
            if (e.getCause() instanceof StartFailure failure) {
                throw failure;
            }
            throw new StartFailure("The embedded servers did not start: " + e.getCause(), e);
        }
    }

    /** The settings that lead to the servers started here, by name of the environment variable. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>(secrets);
        postgres.ifPresent(server -> settings.put(Setting.DATABASE_URL, server.url()));
        temporal.ifPresent(server -> settings.put(Setting.TEMPORAL_ADDRESS, server.address()));
        return settings;
    }

    /** The Temporal Web UI started here. */
    public Optional<URI> webUi() {
        return temporal.flatMap(TemporalServer::webUi);
    }

    /** Completed when a server has ended by itself and could not be kept running: nothing goes on without it. */
    public CompletableFuture<StartFailure> lost() {
        return lost;
    }

    /** From now on what ends is not started again: whoever ends this program may end all its servers at the same time. */
    public void superviseNoLonger() {
        supervisors.forEach(Supervisor::close);
    }

    /** What a person must know before relying on this stack. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (temporal.isPresent() && temporal.get() instanceof InMemoryTemporalServer) {
            warnings.add("No temporal command was found: workflows run on an in-memory test server. NOTHING SURVIVES A"
                    + " RESTART, and there is no Web UI. Install the Temporal CLI, or set TEMPORAL_CLI to its path.");
        }
        return warnings;
    }

    @Override
    public void close() {
        superviseNoLonger();
        // Temporal needs a second or two and PostgreSQL a tenth of one; neither needs the other.
        CompletableFuture<Void> ended = CompletableFuture.runAsync(
                () -> temporal.ifPresent(TemporalServer::close),
                command -> Thread.ofVirtual().start(command));
        try {
            postgres.ifPresent(PostgresServer::close);
        } finally {
            ended.join();
        }
    }

    private static TemporalServer temporal(Home home, Settings settings) throws IOException {
        Optional<Path> cli = TemporalCli.find(settings.get(Setting.TEMPORAL_CLI).orElse(""));
        if (cli.isEmpty()) {
            return InMemoryTemporalServer.start();
        }
        String namespace = settings.get(Setting.TEMPORAL_NAMESPACE).orElse(DEFAULT_NAMESPACE);
        return DevTemporalServer.start(cli.get(), home, namespace);
    }
}
