package tv.tldr.api.embedded;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A server of the stack on its way up, in a thread of its own; none at all when it is not wanted. */
final class Part<S extends AutoCloseable> {
    private final CompletableFuture<Optional<S>> start;

    Part(boolean wanted, Callable<S> starter) {
        start = wanted
                ? CompletableFuture.supplyAsync(() -> Optional.of(called(starter)), task -> Thread.ofVirtual()
                        .start(task))
                : CompletableFuture.completedFuture(Optional.empty());
    }

    /** @throws CompletionException with the reason when it did not start */
    Optional<S> join() {
        return start.join();
    }

    /** Waits until it is up and ends it, because another part is not; what goes wrong now is not the news. */
    void endQuietly() {
        start.thenAccept(server -> server.ifPresent(Part::end))
                .exceptionally(notTheNews -> null)
                .join();
    }

    private static <S> S called(Callable<S> starter) {
        try {
            return starter.call();
        } catch (Exception e) {
            throw e instanceof RuntimeException runtime ? runtime : new CompletionException(e);
        }
    }

    private static void end(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
