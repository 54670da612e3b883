package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CleanupTest {
    private final List<String> done = new ArrayList<>();
    private final Cleanup cleanup = new Cleanup();

    @Test
    void undoesTheLastThingFirst() {
        cleanup.atEnd(() -> done.add("servers"));
        cleanup.atEnd(() -> done.add("application"));
        cleanup.finish();

        cleanup.end();

        assertThat(done).containsExactly("application", "servers");
    }

    @Test
    void tellsWhatIsInterruptedBeforeItUndoesAnything() {
        cleanup.whenInterrupted(() -> done.add("stop the stream"));
        cleanup.atEnd(() -> done.add("servers"));

        cleanup.end();

        assertThat(done).containsExactly("stop the stream", "servers");
    }

    @Test
    void interruptsNothingThatIsOver() {
        try (Cleanup.Interruptible _ = cleanup.whenInterrupted(() -> done.add("stop the stream"))) {
            done.add("followed");
        }

        cleanup.end();

        assertThat(done).containsExactly("followed");
    }

    @Test
    void interruptsNothingAtTheOrdinaryEnd() {
        cleanup.whenInterrupted(() -> done.add("stop the stream"));
        cleanup.finish();

        cleanup.end();

        assertThat(done).isEmpty();
    }

    @Test
    void undoesTheRestWhenOneThingFails() {
        cleanup.atEnd(() -> done.add("servers"));
        cleanup.atEnd(() -> {
            throw new IllegalStateException("the application hangs");
        });

        cleanup.end();

        assertThat(done).containsExactly("servers");
    }
}
