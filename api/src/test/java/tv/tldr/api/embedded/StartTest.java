package tv.tldr.api.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartTest {
    private final List<String> done = new ArrayList<>();

    @Test
    void leavesRunningWhatIsUsable() throws IOException {
        Start start = () -> done.add("started");

        start.orElse(() -> done.add("ended"));

        assertThat(done).containsExactly("started");
    }

    @Test
    void endsWhatIsNotUsableAndSaysWhyItIsNot() {
        IOException refused = new IOException("refused");
        IllegalStateException stuck = new IllegalStateException("stuck");
        Start start = () -> {
            throw refused;
        };

        assertThatThrownBy(() -> start.orElse(() -> done.add("ended"))).isSameAs(refused);
        assertThat(done).containsExactly("ended");
        assertThatThrownBy(() -> start.orElse(() -> {
                    throw stuck;
                }))
                .isSameAs(refused)
                .hasSuppressedException(stuck);
    }
}
