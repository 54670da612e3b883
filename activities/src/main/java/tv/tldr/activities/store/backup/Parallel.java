package tv.tldr.activities.store.backup;

import java.util.Iterator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Many small things, a few at a time. The first failure ends it, when what is under way is done. */
final class Parallel {
    private static final int AT_ONCE = 8;

    private Parallel() {}

    static <T> void each(Iterator<T> all, Consumer<T> work) {
        Semaphore places = new Semaphore(AT_ONCE);
        AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            while (all.hasNext() && failure.get() == null) {
                T one = all.next();
                places.acquireUninterruptibly();
                threads.execute(() -> {
                    try {
                        work.accept(one);
                    } catch (RuntimeException e) {
                        failure.compareAndSet(null, e);
                    } finally {
                        places.release();
                    }
                });
            }
        }
        RuntimeException first = failure.get();
        if (first != null) {
            throw first;
        }
    }
}
