package tv.tldr.api.cli;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.AbstractApplicationContext;
import tv.tldr.api.Application;
import tv.tldr.api.Schedules;
import tv.tldr.api.embedded.EmbeddedStack;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.embedded.InstanceLock;
import tv.tldr.api.embedded.RunningInstance;
import tv.tldr.api.embedded.RunningServers;
import tv.tldr.api.embedded.Setting;
import tv.tldr.api.embedded.Settings;

/**
 * How does an operator reach what stands below the API: the database, Temporal and the objects? By the servers that the
 * settings name, by those of the instance that runs here, or by ones that are started for this command alone.
 */
final class Installation implements AutoCloseable {
    /** Which servers does a command ask? */
    enum Need {
        /** None. */
        SETTINGS,
        DATABASE,
        ALL
    }

    private final Home home;
    private final Map<String, String> settings;
    private final boolean running;
    private final @Nullable InstanceLock lock;
    private final @Nullable EmbeddedStack stack;
    /** What a command took of it, to be given back first. */
    private final Deque<Runnable> taken = new ArrayDeque<>();

    private @Nullable ConfigurableApplicationContext parts;
    private boolean closed;

    private Installation(
            Home home,
            Map<String, String> settings,
            boolean running,
            @Nullable InstanceLock lock,
            @Nullable EmbeddedStack stack) {
        this.home = home;
        this.settings = settings;
        this.running = running;
        this.lock = lock;
        this.stack = stack;
    }

    /** Whoever opens it closes it; when the program is ended meanwhile, that does. */
    static Installation open(Surroundings surroundings, Cleanup cleanup, Messages messages, Need need)
            throws IOException {
        Installation installation =
                open(surroundings.home(), StartSettings.checked(surroundings.settings()), messages, need);
        cleanup.atEnd(installation::close);
        return installation;
    }

    private static Installation open(Home home, Settings settings, Messages messages, Need need) throws IOException {
        Map<String, String> values = new LinkedHashMap<>(settings.values());
        boolean embedded = need != Need.SETTINGS
                && (!settings.has(Setting.DATABASE_URL)
                        || (need == Need.ALL && !settings.has(Setting.TEMPORAL_ADDRESS)));
        // Else Flyway tells of everything on stdout.
        ConsoleLog.silenceUntilConfigured();
        if (!embedded) {
            return new Installation(home, values, false, null, null);
        }
        Optional<InstanceLock> lock = InstanceLock.tryAcquire(home);
        if (lock.isEmpty()) {
            RunningInstance other = RunningInstance.read(home)
                    .orElseThrow(() -> new Failure("Another TL;DR is starting or ending on " + home.folder()
                            + ": try again when it is ready."));
            values.putAll(RunningServers.settings(home, settings, other));
            return new Installation(home, values, true, null, null);
        }
        messages.say("Nothing runs on " + home.folder() + ": its servers are started for this command.");
        try {
            EmbeddedStack stack = need == Need.ALL
                    ? EmbeddedStack.start(home, settings)
                    : EmbeddedStack.startDatabase(home, settings);
            values.putAll(stack.settings());
            return new Installation(home, values, false, lock.get(), stack);
        } catch (IOException | RuntimeException failed) {
            lock.get().close();
            throw failed;
        }
    }

    /** By name of the environment variable: those that were set, and those that lead to the embedded servers. */
    Map<String, String> settings() {
        return settings;
    }

    /** Whether an instance of this home runs in another process. */
    boolean isRunning() {
        return running;
    }

    String databaseUrl() {
        return settings.getOrDefault(Setting.DATABASE_URL, "");
    }

    /**
     * A part of the program as its processes have it, over the same servers; but no worker polls, no sweep runs and nobody
     * listens here.
     */
    <T> T part(Class<T> type) {
        ConfigurableApplicationContext context = parts;
        if (context == null) {
            context = start();
            parts = context;
        }
        return context.getBean(type);
    }

    private ConfigurableApplicationContext start() {
        Map<String, String> properties = new LinkedHashMap<>(settings);
        properties.put("TLDR_HOME", home.folder().toString());
        properties.put("DATABASE_MIGRATE", "false");
        properties.put(Setting.WORKERS_ENABLED, "false");
        properties.put(Setting.SWEEP_ENABLED, "false");
        properties.put("logging.threshold.console", "OFF");
        // Else each schedule is made all the same: Boot is never lazy about one.
        properties.put(Schedules.PROPERTY, "false");
        // What is not asked for is not made: no pool, no FFmpeg.
        properties.put("spring.main.lazy-initialization", "true");
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .initializers(context -> context.getBeanFactory()
                        .registerSingleton(
                                AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME, new NothingBegins()))
                .run(properties.entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
    }

    /** {@code closing} is run before the rest of it ends, what was given last first. */
    synchronized void beforeEnd(Runnable closing) {
        taken.push(closing);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            taken.forEach(Runnable::run);
        } finally {
            if (parts != null) {
                parts.close();
            }
            if (stack != null) {
                stack.close();
            }
            if (lock != null) {
                lock.close();
            }
        }
    }
}
