package tv.tldr.activities.speech;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Native code that computes for seconds, on a thread of its own: on a virtual one it would hold up all the others. The
 * caller waits and shows signs of life.
 */
final class LongCall {
    private static final long NEWS_MILLIS = 500;

    private LongCall() {}

    /**
     * What {@code work} answers. It is interrupted when {@code heartbeat}, called twice a second, throws.
     *
     * @throws IllegalStateException with the words of whatever {@code work} threw
     */
    static <T> T await(String name, Callable<T> work, Runnable heartbeat) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().name(name).start(task);
        try {
            while (true) {
                heartbeat.run();
                try {
                    return task.get(NEWS_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException stillAtWork) {
                    // Told with the next heartbeat.
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while listening");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(String.valueOf(cause.getMessage()), cause);
        } finally {
            task.cancel(true);
        }
    }
}
