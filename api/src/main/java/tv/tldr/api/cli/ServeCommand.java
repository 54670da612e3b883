package tv.tldr.api.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.embedded.InstanceLock;
import tv.tldr.api.embedded.RunningInstance;
import tv.tldr.api.embedded.Setting;
import tv.tldr.api.embedded.Settings;

/** {@code tldr serve}: the API and everything below it, until somebody ends it. */
@Command(
        name = "serve",
        description = "Runs the REST API and its workers, until Ctrl-C.",
        footer = "Streams in process when it ends go on at the next start.")
final class ServeCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final Cleanup cleanup;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "N",
            description = "Where the API listens (PORT; otherwise 8000, or a free one when that is taken).")
    private @Nullable Integer port;

    ServeCommand(Surroundings surroundings, Cleanup cleanup) {
        this.surroundings = surroundings;
        this.cleanup = cleanup;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Home home = surroundings.home();
        Settings settings = StartSettings.checked(withPort(surroundings.settings()));
        InstanceLock lock = InstanceLock.tryAcquire(home).orElseThrow(() -> new Failure(alreadyRunning(home)));
        LocalInstance instance = new LocalInstance(
                lock,
                home,
                settings,
                surroundings.terminal() ? LocalInstance.Purpose.PERSON : LocalInstance.Purpose.COLLECTOR);
        cleanup.atEnd(instance::close);
        Messages messages = new Messages(surroundings.err(), false);
        messages.say("Starting …");
        RunningInstance running = instance.start();
        instance.warnings().forEach(messages::warn);
        instance.hints().forEach(messages::say);
        announce(running, settings, instance.newKey(), instance.keyStanding());
        throw instance.awaitLoss();
    }

    private Settings withPort(Settings settings) {
        if (port == null) {
            return settings;
        }
        Map<String, String> values = new HashMap<>(settings.values());
        values.put(Setting.PORT, String.valueOf(port));
        return new Settings(values);
    }

    private void announce(
            RunningInstance running, Settings settings, Optional<String> newKey, ApiKeyFile.Standing standing) {
        PrintWriter out = surroundings.out();
        boolean answers = settings.effective(Setting.API_ENABLED).equals("true");
        if (answers) {
            out.println("API      " + running.api() + "/api/v1");
            out.println("Docs     " + running.api() + "/docs");
        } else {
            out.println("Health   " + running.api() + "/health");
        }
        if (running.webUi() != null) {
            out.println("Web UI   " + running.webUi());
        }
        out.println("Log      " + surroundings.home().log());
        if (answers) {
            key(newKey, standing).ifPresent(words -> out.println("API key  " + words));
        }
        out.println("Ctrl-C ends it.");
    }

    /** With which key it opens; empty where that is whoever's affair has it. */
    private Optional<String> key(Optional<String> newKey, ApiKeyFile.Standing standing) {
        Path kept = surroundings.home().apiKey();
        if (newKey.isPresent()) {
            return Optional.of(newKey.get() + "   (kept in " + kept + ")");
        }
        return switch (standing) {
            case KNOWN -> Optional.of("as before, in " + kept);
            case UNKNOWN ->
                Optional.of("none: that in " + kept + " is not known to this database;"
                        + " ./tldr organizations list, then ./tldr organizations key ORG makes one");
            case NOTHING_THERE ->
                Optional.of("none yet: with " + Setting.BOOTSTRAP_ANNOUNCE
                        + "=true it makes the first organization and its key at the start");
            case NONE -> Optional.empty();
        };
    }

    private static String alreadyRunning(Home home) {
        String who = "";
        try {
            who = RunningInstance.read(home)
                    .map(other -> ": process " + other.pid() + " at " + other.api())
                    .orElse(" and is still starting");
        } catch (IOException unreadable) {
            who = "";
        }
        return "TL;DR already runs on " + home.folder() + who + ". End that one first, or set TLDR_HOME to another"
                + " folder.";
    }
}
