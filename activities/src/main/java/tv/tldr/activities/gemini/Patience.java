package tv.tldr.activities.gemini;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How is a slow server waited for? On another thread, with a sign of life from this one at every interval; what the
 * heartbeat throws, and an interruption, ends the work at once.
 */
final class Patience {
    private static final Duration END = Duration.ofSeconds(10);

    private final Runnable heartbeat;
    private final Duration interval;

    Patience(Runnable heartbeat, Duration interval) {
        this.heartbeat = heartbeat;
        this.interval = interval;
    }

    /**
     * What {@code work} answers; when this method is left, the work has ended.
     *
     * @throws Failed when the work threw
     * @throws CancellationException when this thread was interrupted
     */
    <T> T await(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread worker = Thread.ofVirtual().name("gemini").start(task);
        try {
            while (true) {
                heartbeat.run();
                try {
                    return task.get(interval.toNanos(), TimeUnit.NANOSECONDS);
                } catch (TimeoutException notYet) {
                    // Another sign of life, and on.
                }
            }
        } catch (ExecutionException e) {
            throw new Failed(Objects.requireNonNullElse(e.getCause(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while Gemini was waited for");
        } finally {
            if (task.cancel(true)) {
                uninterrupted(() -> join(worker));
            }
        }
    }

    /** Sleeps, with a sign of life before. */
    void pause(Duration time) {
        heartbeat.run();
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while Gemini was waited for");
        }
    }

    /**
     * Cleans up on another thread, with signs of life from this one: even when it is interrupted, and when nobody wants signs
     * of life any more, but for so long at most. When this method is left, the cleaning has ended or was told to.
     *
     * @return whether it ended by itself
     */
    boolean insist(Runnable cleaning, Duration longest) {
        boolean interrupted = Thread.interrupted();
        FutureTask<Void> task = new FutureTask<>(cleaning, null);
        Thread.ofVirtual().name("gemini-cleaning").start(task);
        long end = System.nanoTime() + longest.toNanos();
        try {
            for (long left = longest.toNanos(); left > 0; left = end - System.nanoTime()) {
                signOfLifeIfWanted();
                try {
                    task.get(Math.min(left, interval.toNanos()), TimeUnit.NANOSECONDS);
                    return true;
                } catch (TimeoutException notYet) {
                    // Another sign of life, and on.
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return false;
        } catch (ExecutionException e) {
            throw new Failed(Objects.requireNonNullElse(e.getCause(), e));
        } finally {
            task.cancel(true);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void signOfLifeIfWanted() {
        try {
            heartbeat.run();
        } catch (RuntimeException ended) {
            // Whoever was waited for is told so by the next one; this work is to be done all the same.
        }
    }

    private static void uninterrupted(Runnable cleaning) {
        boolean interrupted = Thread.interrupted();
        try {
            cleaning.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void join(Thread worker) {
        try {
            worker.join(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Carries what the work threw. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failed(Throwable cause) {
            super(cause);
        }
    }
}
