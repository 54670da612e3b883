package tv.tldr.api.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How does another process reach the embedded servers of an instance that runs? For who owns its {@link Home}. */
public final class RunningServers {
    private RunningServers() {}

    /** The process of the PostgreSQL that an instance of this home started; empty when the URL leads to another one. */
    public static Optional<Long> postgres(Home home, String databaseUrl) throws IOException {
        return PostgresServer.urlOfRunning(home)
                .filter(databaseUrl::equals)
                .flatMap(url -> first(PostgresServer.data(home)));
    }

    /** The process of the Temporal server that an instance of this home started; empty when the address is of another one. */
    public static Optional<Long> temporal(Home home, String address) throws IOException {
        return RunningInstance.read(home)
                .filter(instance -> address.equals(instance.temporal()))
                .flatMap(instance -> first(home.temporalDatabase()));
    }

    private static Optional<Long> first(Path argument) {
        return Orphans.naming(argument).stream().map(ProcessHandle::pid).findFirst();
    }

    /** The settings that lead to those that the instance started, by name of the environment variable. */
    public static Map<String, String> settings(Home home, Settings settings, RunningInstance running)
            throws IOException {
        Map<String, String> found = new LinkedHashMap<>();
        if (!settings.has(Setting.SECRET_KEY)) {
            found.put(Setting.SECRET_KEY, SecretFile.readOrMake(home.secretKey()));
        }
        if (!settings.has(Setting.DATABASE_URL)) {
            PostgresServer.urlOfRunning(home).ifPresent(url -> found.put(Setting.DATABASE_URL, url));
        }
        String temporal = running.temporal();
        if (temporal != null && !settings.has(Setting.TEMPORAL_ADDRESS)) {
            found.put(Setting.TEMPORAL_ADDRESS, temporal);
        }
        return found;
    }
}
