package tv.tldr.api.cli;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tv.tldr.api.Application;
import tv.tldr.api.JdbcUrl;
import tv.tldr.api.embedded.EmbeddedStack;
import tv.tldr.api.embedded.FreePort;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.embedded.InstanceLock;
import tv.tldr.api.embedded.RunningInstance;
import tv.tldr.api.embedded.Setting;
import tv.tldr.api.embedded.SettingCatalogue;
import tv.tldr.api.embedded.Settings;
import tv.tldr.api.embedded.StartFailure;
import tv.tldr.api.security.BootstrapKey;

/**
 * The whole service inside this process: the embedded servers first, then the application on top of them. Closing waits
 * for a start that is under way, so that nothing is ever left running.
 */
final class LocalInstance implements AutoCloseable {
    private static final int USUAL_PORT = 8000;
    private static final int PATIENCE = 10;

    /** What is the instance there for? The log goes to its file in any case, and on the console to stderr. */
    enum Purpose {
        /** A command of ours: stderr is for its progress. */
        ONE_COMMAND("OFF"),
        /** A person who looks at the terminal. */
        PERSON("WARN"),
        /** A container or a service manager, which collects what is written. */
        COLLECTOR("TRACE");

        private final String consoleThreshold;

        Purpose(String consoleThreshold) {
            this.consoleThreshold = consoleThreshold;
        }

        String consoleThreshold() {
            return consoleThreshold;
        }
    }

    private final InstanceLock lock;
    private final Home home;
    private final Settings settings;
    private final Purpose purpose;
    private volatile CompletableFuture<StartFailure> lost = new CompletableFuture<>();
    private @Nullable EmbeddedStack stack;
    private @Nullable ConfigurableApplicationContext application;
    private @Nullable String newKey;
    private ApiKeyFile.Standing keyStanding = ApiKeyFile.Standing.NONE;
    private boolean closed;

    LocalInstance(InstanceLock lock, Home home, Settings settings, Purpose purpose) {
        this.lock = lock;
        this.home = home;
        this.settings = settings;
        this.purpose = purpose;
    }

    /** Returns when the API answers; where, is announced to other processes, too. */
    synchronized RunningInstance start() throws IOException {
        if (closed) {
            throw new StartFailure("The start was broken off.");
        }
        ConsoleLog.silenceUntilConfigured();
        RunningInstance.forget(home);
        int port = port();
        settings.get(Setting.DATABASE_URL).map(JdbcUrl::of).ifPresent(LocalInstance::refuseUnlessThere);
        EmbeddedStack servers = EmbeddedStack.start(home, settings);
        stack = servers;
        lost = servers.lost();
        application = new SpringApplicationBuilder(Application.class)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .listeners(new ConsoleLog())
                // The context ends before the servers that it stands on, not beside them.
                .registerShutdownHook(false)
                .run(arguments(servers, port));
        URI api = URI.create("http://127.0.0.1:" + listeningPort(application));
        BootstrapKey keys = application.getBean(BootstrapKey.class);
        newKey = newKey(keys, api).orElse(null);
        if (answers()) {
            keyStanding = isKeyEnsured() ? ApiKeyFile.Standing.KNOWN : new ApiKeyFile(home).standing(keys, api);
        }
        RunningInstance running = new RunningInstance(
                ProcessHandle.current().pid(),
                api,
                servers.webUi().orElse(null),
                servers.settings().get(Setting.TEMPORAL_ADDRESS));
        running.announce(home);
        return running;
    }

    /** What a person must know before relying on this instance. */
    synchronized List<String> warnings() {
        return stack == null ? List.of() : stack.warnings();
    }

    /** What a person would like to know: what another setting would add. */
    List<String> hints() {
        return settings.has(Setting.GEMINI_API_KEY)
                ? List.of()
                : List.of(
                        "Rules alone score: with GEMINI_API_KEY a model looks at what they find, names it and hears what is said.");
    }

    /** The API key, when this start made one. */
    synchronized Optional<String> newKey() {
        return Optional.ofNullable(newKey);
    }

    /** Whether the key of the home opens it. */
    synchronized ApiKeyFile.Standing keyStanding() {
        return keyStanding;
    }

    private boolean answers() {
        return settings.effective(Setting.API_ENABLED).equals("true");
    }

    /**
     * Waits until it cannot go on.
     *
     * @return why: a server below has ended and could not be kept running
     */
    StartFailure awaitLoss() throws InterruptedException {
        try {
            return lost.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws StartFailure when it cannot go on */
    void refuseIfLost() {
        if (lost.isDone()) {
            throw lost.join();
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (stack != null) {
            stack.superviseNoLonger();
        }
        try (lock) {
            RunningInstance.forget(home);
            if (application != null) {
                application.close();
            }
        } catch (IOException e) {
            throw new StartFailure("The announcement in " + home.folder() + " cannot be removed.", e);
        } finally {
            if (stack != null) {
                stack.close();
            }
        }
    }

    /**
     * Who has no database of their own, and who types a command, is given a key; who serves from a database of theirs the first
     * one, when they ask for it: else each new container would make another one.
     */
    private Optional<String> newKey(BootstrapKey keys, URI api) throws IOException {
        if (!answers()) {
            return Optional.empty();
        }
        ApiKeyFile file = new ApiKeyFile(home);
        if (isKeyEnsured()) {
            return file.ensure(keys, api);
        }
        return settings.effective(Setting.BOOTSTRAP_ANNOUNCE).equals("true") ? file.first(keys) : Optional.empty();
    }

    private boolean isKeyEnsured() {
        return !settings.has(Setting.DATABASE_URL) || purpose == Purpose.ONE_COMMAND;
    }

    /** In one line, before everything that needs it says so at length. */
    private static void refuseUnlessThere(JdbcUrl database) {
        try (var _ = database.connect("tldr", PATIENCE, PATIENCE)) {
            return;
        } catch (SQLException away) {
            throw new StartFailure(database.told(away) + " (./tldr doctor says what to do)", away);
        }
    }

    private int port() {
        Optional<Integer> chosen = settings.get(Setting.PORT).map(Integer::valueOf);
        if (chosen.isPresent() && !FreePort.take(chosen.get())) {
            throw new StartFailure(
                    "PORT " + chosen.get() + " is taken by another program: choose another one, or leave it"
                            + " open to have a free one found.");
        }
        return chosen.orElseGet(() -> FreePort.preferring(USUAL_PORT));
    }

    private String[] arguments(EmbeddedStack servers, int port) {
        // Defaults, too: what is there and empty in the environment was not set, and would count as empty otherwise.
        Map<String, String> properties = SettingCatalogue.defaults(home);
        Settings unless = purpose == Purpose.ONE_COMMAND ? new Settings(Map.of()) : settings;
        properties.putAll(unless.embedded());
        properties.putAll(settings.values());
        properties.putAll(servers.settings());
        properties.put("TLDR_HOME", home.folder().toString());
        properties.put(Setting.PORT, String.valueOf(port));
        if (!settings.has(Setting.PUBLIC_URL)) {
            properties.put(Setting.PUBLIC_URL, "http://localhost:" + port);
        }
        properties.put("logging.file.name", home.log().toString());
        properties.put("logging.threshold.console", purpose.consoleThreshold());
        List<String> arguments = new ArrayList<>();
        properties.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return arguments.toArray(String[]::new);
    }

    private static int listeningPort(ConfigurableApplicationContext context) {
        return context instanceof WebServerApplicationContext web && web.getWebServer() != null
                ? web.getWebServer().getPort()
                : 0;
    }
}
