package tv.tldr.api.embedded;

import java.io.IOException;

/** What brings a server up, and leaves nothing running when it does not. */
@FunctionalInterface
interface Start {
    void run() throws IOException;

    /** Nobody gets to know what failed, so nobody else could end it. Why it failed stays the news, however that goes. */
    default void orElse(Start end) throws IOException {
        try {
            run();
        } catch (IOException | RuntimeException | Error failure) {
            try {
                end.run();
            } catch (IOException | RuntimeException besides) {
                failure.addSuppressed(besides);
            }
            throw failure;
        }
    }
}
