package tv.tldr.workflows.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.signal.SignalKind;

class TermTest {
    @Test
    void aSignalIsLookedAtWhereItWeighsAnything() {
        assertThat(Term.each(SignalKind.CROWD, List.of(0.1, 0.0, -0.2)))
                .containsExactly(new Term(SignalKind.CROWD, 1, 0.1), new Term(SignalKind.CROWD, 15, -0.2));
    }

    @Test
    void aSignalNeedsAWeightForEachScale() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Term.each(SignalKind.CROWD, List.of(0.1, 0.2)))
                .withMessageContaining("crowd");
    }
}
