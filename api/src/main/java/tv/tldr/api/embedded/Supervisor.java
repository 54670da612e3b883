package tv.tldr.api.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a server again whenever it ends although nobody told it to, and gives it up when it keeps ending. After
 * {@link #close} nothing is started any more: what runs then is its owner's to end.
 */
final class Supervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    private final String name;
    private final Restartable server;
    private final Consumer<StartFailure> givenUp;
    private final Thread watch;
    private volatile boolean closed;

    private Supervisor(String name, Restartable server, Consumer<StartFailure> givenUp) {
        this.name = name;
        this.server = server;
        this.givenUp = givenUp;
        this.watch = Thread.ofVirtual().name("supervisor of " + name).unstarted(this::watch);
    }

    /**
     * @param name for people
     * @param givenUp told, once, when the server cannot be kept running
     */
    static Supervisor watching(String name, Restartable server, Consumer<StartFailure> givenUp) {
        Supervisor supervisor = new Supervisor(name, server, givenUp);
        supervisor.watch.start();
        return supervisor;
    }

    /** Breaks off a restart that is under way, and returns when nothing of it goes on. */
    @Override
    public void close() {
        closed = true;
        watch.interrupt();
        try {
            watch.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            keepRunning();
        } catch (InterruptedException closing) {
            // Nothing to keep any more.
        } catch (ExecutionException e) {
            LOG.error("Whether {} still runs cannot be told; it is not started again", name, e);
        }
    }

    private void keepRunning() throws InterruptedException, ExecutionException {
        Streak streak = Streak.NONE;
        while (!streak.isHopeless()) {
            long started = System.nanoTime();
            server.ended().get();
            if (closed) {
                return;
            }
            streak = streak.ended(Duration.ofNanos(System.nanoTime() - started));
            if (!streak.isHopeless()) {
                LOG.warn("{} ended although nobody told it to and is started again: {}", name, server.lastWords());
                startAgain();
            }
        }
        givenUp.accept(new StartFailure(
                name + " ended " + streak.ends() + " times in a row; it is given up: " + server.lastWords()));
    }

    /** One that does not start has ended once more, at once. */
    private void startAgain() {
        try {
            server.startAgain();
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} does not start", name, e);
        }
    }
}
