package tv.tldr.api.cli;

import java.time.Duration;

/** How does a command wait before it looks again? */
final class Pause {
    private Pause() {}

    /** @throws Failure when the command is told to end meanwhile */
    static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
    }
}
