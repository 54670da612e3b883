package tv.tldr.activities.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SealTest {
    private static final byte[] ANSWER = "tldr_sk_shown_once".getBytes(UTF_8);

    private final Seal seal = new Seal("a secret of at least thirty-two characters", "tests");

    @Test
    void opensWhatItClosed() {
        assertThat(seal.open(seal.close(ANSWER, "a row"), "a row")).contains(ANSWER);
        assertThat(seal.open(seal.close(new byte[0], "a row"), "a row")).contains(new byte[0]);
    }

    @Test
    void neverLooksTheSameTwice() {
        assertThat(seal.close(ANSWER, "a row")).isNotEqualTo(seal.close(ANSWER, "a row"));
        assertThat(new String(seal.close(ANSWER, "a row"), UTF_8)).doesNotContain("tldr_sk_");
    }

    @Test
    void opensNothingThatBelongsElsewhereOrWasTouched() {
        byte[] closed = seal.close(ANSWER, "a row");

        assertThat(seal.open(closed, "another row")).isEmpty();
        assertThat(new Seal("another secret of thirty-two characters", "tests").open(closed, "a row"))
                .isEmpty();
        assertThat(new Seal("a secret of at least thirty-two characters", "something else").open(closed, "a row"))
                .isEmpty();
        closed[closed.length - 1] ^= 1;
        assertThat(seal.open(closed, "a row")).isEmpty();
    }
}
