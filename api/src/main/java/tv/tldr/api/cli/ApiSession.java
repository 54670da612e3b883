package tv.tldr.api.cli;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.embedded.InstanceLock;
import tv.tldr.api.embedded.RunningInstance;
import tv.tldr.api.embedded.Setting;
import tv.tldr.api.embedded.Settings;

/**
 * The way to an API: the instance that runs on this {@link Home} already, else one that is started in this process. When
 * the other process goes away in the middle, this one takes its place: streams are durable, so nothing is lost.
 */
final class ApiSession implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(200);
    /** Nobody wonders so soon. */
    private static final Duration UNREMARKED = Duration.ofSeconds(4);

    private final Home home;
    private final Settings settings;
    private final Cleanup cleanup;
    private final Messages messages;
    private final Optional<String> givenKey;
    private final Use use;
    private @Nullable LocalInstance own;
    private volatile @Nullable ApiClient client;
    private volatile @Nullable URI webUi;
    private volatile @Nullable Instant aloneSince;
    private boolean waitIsTold;
    /** Of an instance that answers and is not ready. */
    private @Nullable String complaint;

    /** What is the instance for that is started where none runs? */
    enum Use {
        /** It works, too: a recording of this machine is nobody else's to read. */
        WORK,
        /**
         * It answers. On a Temporal server that others share it takes no work: tasks that it began would be broken off with the
         * command, or fail for want of what is set where the workers run.
         */
        QUESTION
    }

    /** @param givenKey as which it is asked; empty: as that of the home */
    ApiSession(Home home, Settings settings, Cleanup cleanup, Messages messages, Optional<String> givenKey, Use use) {
        this.home = home;
        this.settings = settings;
        this.cleanup = cleanup;
        this.messages = messages;
        this.givenKey = givenKey;
        this.use = use;
    }

    /** What is asked of an API. */
    interface Question<T> {
        T ask(ApiClient client) throws IOException;
    }

    /** The answer, when a dependency of the API that is away for now is back. May ask more than once. */
    <T> T ask(Question<T> question) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return askAnyInstance(question);
            } catch (Refusal refusal) {
                cleanup.holdIfInterrupted();
                if (!refusal.isForNow() || System.nanoTime() > deadline) {
                    throw explained(refusal);
                }
                tellOfWait(deadline, String.valueOf(refusal.getMessage()));
                Pause.of(POLL);
            }
        }
    }

    /** To a key, what another organization has is not there. */
    private Refusal explained(Refusal refusal) {
        return switch (refusal.code()) {
            case "RESOURCE_NOT_FOUND" ->
                refusal.with("Looked for with " + whoseKey()
                        + ": what another organization has is found with a key of theirs,"
                        + " by --api-key or TLDR_API_KEY.");
            case "INVALID_API_KEY", "API_KEY_EXPIRED" -> refusal.with("It is " + whoseKey() + ".");
            default -> refusal;
        };
    }

    private String whoseKey() {
        return givenKey.isPresent() ? "the key that was given" : "the key of " + home.apiKey();
    }

    /** The answer, from whichever instance is there, after a second try when it has just gone. */
    private <T> T askAnyInstance(Question<T> question) throws IOException {
        LocalInstance here = own;
        if (here != null) {
            here.refuseIfLost();
        }
        try {
            return question.ask(connected());
        } catch (IOException gone) {
            cleanup.holdIfInterrupted();
            messages.say("The instance that did the work has gone; going on here.");
            client = null;
            return question.ask(connected());
        }
    }

    /**
     * Since when this process does all the work, and what is older was left over by a crash; empty when another process may
     * be at it as well.
     */
    Optional<Instant> aloneSince() {
        return Optional.ofNullable(aloneSince);
    }

    /** Asks only an instance that is there, as the last word before the end. */
    <T> Optional<T> askIfConnected(Question<T> question) throws IOException {
        ApiClient connected = client;
        return connected == null ? Optional.empty() : Optional.of(question.ask(connected));
    }

    /** Where a workflow is to be looked at, when there is a Web UI of ours. */
    Optional<URI> webUi(String workflowId) {
        return Optional.ofNullable(webUi).map(ui -> WebUi.workflow(ui, settings, workflowId));
    }

    @Override
    public void close() {
        LocalInstance instance = own;
        if (instance != null) {
            instance.close();
        }
    }

    private ApiClient connected() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        ApiClient connected = client;
        while (connected == null) {
            Optional<InstanceLock> lock = InstanceLock.tryAcquire(home);
            connected = lock.isPresent() ? startHere(lock.get()) : other();
            if (connected == null && System.nanoTime() > deadline) {
                throw new Failure(notAnswering() + " ./tldr doctor looks why.");
            }
            if (connected == null) {
                tellOfWait(deadline, notAnswering());
                Pause.of(POLL);
            }
        }
        client = connected;
        return connected;
    }

    private String notAnswering() throws IOException {
        if (complaint != null) {
            return "TL;DR runs on " + home.folder() + " and is not ready: " + complaint + ".";
        }
        return "Another TL;DR holds " + home.folder() + " but does not answer: "
                + RunningInstance.read(home)
                        .map(other -> "it is process " + other.pid() + ".")
                        .orElse("it is still starting, or it hangs.");
    }

    /** Once, so that nobody sits before a terminal that says nothing. */
    private void tellOfWait(long deadline, String why) {
        long waited = System.nanoTime() - deadline + PATIENCE.toNanos();
        if (!waitIsTold && waited > UNREMARKED.toNanos()) {
            waitIsTold = true;
            messages.say(why + " Waiting for it, " + PATIENCE.toSeconds() + " s at most …");
        }
    }

    private ApiClient startHere(InstanceLock lock) throws IOException {
        messages.say("Starting …");
        // A database of one's own may have other instances on it.
        aloneSince = settings.has(Setting.DATABASE_URL) ? null : Instant.now();
        LocalInstance instance = new LocalInstance(lock, home, forOneCommand(), LocalInstance.Purpose.ONE_COMMAND);
        own = instance;
        cleanup.atEnd(instance::close);
        RunningInstance running = instance.start();
        instance.warnings().forEach(messages::warn);
        instance.hints().forEach(messages::say);
        return clientOf(running);
    }

    /** Those of this folder may be meant for one that only works, or for a port that such a one has. */
    private Settings forOneCommand() {
        Map<String, String> values = new HashMap<>(settings.values());
        values.remove(Setting.PORT);
        values.put(Setting.API_ENABLED, "true");
        if (use == Use.QUESTION && settings.has(Setting.TEMPORAL_ADDRESS)) {
            values.put(Setting.WORKERS_ENABLED, "false");
            values.put(Setting.SWEEP_ENABLED, "false");
        }
        return new Settings(values);
    }

    private @Nullable ApiClient other() throws IOException {
        Optional<RunningInstance> running = RunningInstance.read(home);
        if (running.isEmpty()) {
            return null;
        }
        ApiClient candidate = clientOf(running.get());
        if (candidate.isReady()) {
            return candidate;
        }
        complaint = candidate.complaint().orElse(null);
        return null;
    }

    private ApiClient clientOf(RunningInstance running) throws IOException {
        webUi = running.webUi();
        Optional<String> kept = new ApiKeyFile(home).read();
        String key = givenKey.or(() -> kept)
                .orElseThrow(
                        () -> new Failure(
                                "There is no API key in " + home.apiKey()
                                        + ": put one there, or give one by --api-key or TLDR_API_KEY. With a DATABASE_URL, only the first start with BOOTSTRAP_ANNOUNCE=true makes one."));
        return new ApiClient(running.api(), key);
    }
}
