package tv.tldr.activities.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Reads one stream of a child on a thread of its own, so that a full pipe never stops the child.
 *
 * <p>A platform thread: reading a pipe holds on to what carries a virtual one, and two silent pipes would leave a machine
 * of two cores nothing that runs any other virtual thread.
 */
final class Drain<T> {
    private final CompletableFuture<T> result = new CompletableFuture<>();

    private Drain() {}

    static <T> Drain<T> start(InputStream stream, Ffmpeg.OutputReader<T> reader) {
        Drain<T> drain = new Drain<>();
        Thread.ofPlatform().daemon().name("child-output").start(() -> drain.read(stream, reader));
        return drain;
    }

    private void read(InputStream stream, Ffmpeg.OutputReader<T> reader) {
        // Closed in every case: a child that still writes then gets a broken pipe instead of waiting for a reader.
        try (stream) {
            result.complete(reader.read(stream));
        } catch (IOException | RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    T await() throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw new ReadingFailed(e);
        }
    }

    static final class ReadingFailed extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;

        ReadingFailed(Throwable cause) {
            super(
                    String.valueOf(
                            cause.getCause() == null
                                    ? cause.getMessage()
                                    : cause.getCause().getMessage()),
                    cause);
        }
    }
}
