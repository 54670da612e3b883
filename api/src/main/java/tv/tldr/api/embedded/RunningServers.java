package tv.tldr.api.embedded;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** How does another process reach the embedded servers of an instance that runs? For who owns its {@link Home}. */
public final class RunningServers {
    private RunningServers() {}

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
