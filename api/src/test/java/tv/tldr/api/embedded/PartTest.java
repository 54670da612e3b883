package tv.tldr.api.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PartTest {
    @Test
    void isEndedWhenAnotherPartDoesNotStart() {
        AtomicBoolean ended = new AtomicBoolean();
        Part<AutoCloseable> part = new Part<>(true, () -> () -> ended.set(true));

        part.endQuietly();

        assertThat(ended).isTrue();
    }

    @Test
    void keepsNobodyFromEndingTheNextOne() {
        Part<AutoCloseable> stubborn = new Part<>(true, () -> () -> {
            throw new IOException("it hangs");
        });
        Part<AutoCloseable> broken = new Part<>(true, () -> {
            throw new IOException("it never was");
        });

        assertThatCode(stubborn::endQuietly).doesNotThrowAnyException();
        assertThatCode(broken::endQuietly).doesNotThrowAnyException();
    }

    @Test
    void tellsWhyItDidNotStart() {
        Part<AutoCloseable> broken = new Part<>(true, () -> {
            throw new IOException("no space");
        });

        assertThatThrownBy(broken::join).isInstanceOf(CompletionException.class).hasRootCauseMessage("no space");
    }

    @Test
    void isNothingWhenNobodyWantsIt() {
        Part<AutoCloseable> unwanted = new Part<>(false, () -> {
            throw new IOException("not to be asked");
        });

        assertThat(unwanted.join()).isEmpty();
    }
}
