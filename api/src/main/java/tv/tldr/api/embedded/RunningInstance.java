package tv.tldr.api.embedded;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where is the instance that runs on a {@link Home} to be reached? Tells the truth only while somebody holds the
 * {@link InstanceLock}.
 *
 * @param pid its process
 * @param api such as {@code http://127.0.0.1:8000}
 * @param webUi the Temporal Web UI; null when there is none or it is somebody else's
 * @param temporal host and port of the Temporal server that it started; null when that is somebody else's
 */
public record RunningInstance(
        long pid, URI api, @Nullable URI webUi, @Nullable String temporal) {
    private static final String PID = "pid";
    private static final String API = "api_url";
    private static final String WEB_UI = "web_ui_url";
    private static final String TEMPORAL = "temporal_address";

    /** Announces the instance; readers see all of it or nothing. */
    public void announce(Home home) throws IOException {
        String text = PID + "=" + pid + "\n" + API + "=" + api + "\n"
                + (webUi == null ? "" : WEB_UI + "=" + webUi + "\n")
                + (temporal == null ? "" : TEMPORAL + "=" + temporal + "\n");
        Path draft = home.instance().resolveSibling("instance.draft");
        Files.writeString(draft, text);
        Files.move(draft, home.instance(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What was announced last; empty while an instance is still starting. */
    public static Optional<RunningInstance> read(Home home) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(home.instance())));
        } catch (NoSuchFileException notAnnounced) {
            return Optional.empty();
        }
        String webUi = properties.getProperty(WEB_UI);
        return Optional.of(new RunningInstance(
                Long.parseLong(properties.getProperty(PID, "0")),
                URI.create(properties.getProperty(API, "")),
                webUi == null ? null : URI.create(webUi),
                properties.getProperty(TEMPORAL)));
    }

    /** Whether there is a process of that number: whoever was killed leaves an announcement behind. */
    public boolean isAlive() {
        return ProcessHandle.of(pid).isPresent();
    }

    /** Takes an announcement back, one's own or that of an instance that was killed. */
    public static void forget(Home home) throws IOException {
        Files.deleteIfExists(home.instance());
    }
}
