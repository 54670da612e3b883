package tv.tldr.api.embedded;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** A server in a process of its own, which may end although nobody told it to. */
interface Restartable {
    /** Completed when the process that runs now has ended, in whichever way. */
    CompletableFuture<?> ended();

    /**
     * Starts it at the same addresses with the same data, after whatever the last one left behind is gone.
     *
     * @throws IOException when it does not start or the thread is interrupted
     */
    void startAgain() throws IOException;

    /** The last words of its log, for a message. */
    String lastWords();
}
