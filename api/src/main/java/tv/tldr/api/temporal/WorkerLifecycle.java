package tv.tldr.api.temporal;

import io.grpc.StatusRuntimeException;
import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tv.tldr.api.MigratedDatabase;

/**
 * When do the workers begin and end? They begin as soon as Temporal answers, however late that is, and leave in order: stop
 * polling, finish or hand over what is in flight, within the grace. They are the first to be stopped, while the API still
 * says that it is not ready and the database is still there.
 */
@Component
public final class WorkerLifecycle implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(WorkerLifecycle.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(5);

    private final @Nullable WorkerFactory workers;
    private final TemporalProperties properties;
    private final MigratedDatabase database;
    private final CountDownLatch leaving = new CountDownLatch(1);
    private volatile @Nullable Thread starter;

    public WorkerLifecycle(
            ObjectProvider<WorkerFactory> workers, TemporalProperties properties, MigratedDatabase database) {
        this.workers = workers.getIfAvailable();
        this.properties = properties;
        this.database = database;
    }

    @Override
    public void start() {
        WorkerFactory factory = workers;
        if (factory == null || !properties.workersEnabled()) {
            log.info("This process does no work of its own: its workers are switched off.");
            return;
        }
        starter = Thread.ofVirtual().name("worker-starter").start(() -> startWhenPossible(factory));
    }

    private void startWhenPossible(WorkerFactory factory) {
        Duration pause = FIRST_PAUSE;
        while (leaving.getCount() > 0) {
            if (isStarted(factory, pause) || leftDuring(pause)) {
                return;
            }
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        }
    }

    /** What they would do before the schema is there would fail for good; until then it waits, or goes to older ones. */
    private boolean isStarted(WorkerFactory factory, Duration pause) {
        if (database.isBehind()) {
            log.warn("The schema is not up to date yet, workers wait {}.", pause);
            return false;
        }
        try {
            factory.start();
            log.info("Workers are polling.");
            return true;
        } catch (StatusRuntimeException away) {
            log.warn("Temporal does not answer yet, workers wait {}: {}", pause, away.getMessage());
            return false;
        }
    }

    private boolean leftDuring(Duration pause) {
        try {
            return leaving.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void stop() {
        leaving.countDown();
        Thread starting = starter;
        WorkerFactory factory = workers;
        if (factory != null && starting != null) {
            starting.interrupt();
            leave(factory);
        }
        starter = null;
    }

    private void leave(WorkerFactory factory) {
        factory.shutdown();
        factory.awaitTermination(properties.shutdownGrace().toMillis(), TimeUnit.MILLISECONDS);
        if (!factory.isTerminated()) {
            log.warn(
                    "Work in flight did not end within {}; it is interrupted and will be tried again elsewhere.",
                    properties.shutdownGrace());
            factory.shutdownNow();
            factory.awaitTermination(AFTER_INTERRUPT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public boolean isRunning() {
        return starter != null;
    }
}
