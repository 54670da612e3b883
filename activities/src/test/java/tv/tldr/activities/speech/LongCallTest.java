package tv.tldr.activities.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LongCallTest {
    @Test
    void answersWhatTheWorkDoes() {
        assertThat(LongCall.await("test", () -> Thread.currentThread().isVirtual(), () -> {}))
                .isFalse();
    }

    @Test
    void tellsWhyTheWorkFailed() {
        assertThatThrownBy(() -> LongCall.await(
                        "test",
                        () -> {
                            throw new java.io.IOException("no model");
                        },
                        () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no model");
    }

    @Test
    void interruptsTheWorkOfAHeartbeatThatThrows() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);

        assertThatThrownBy(() -> LongCall.await(
                        "test",
                        () -> {
                            try {
                                return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
                            } finally {
                                interrupted.countDown();
                            }
                        },
                        new Runnable() {
                            private int beats;

                            @Override
                            public void run() {
                                if (++beats == 2) {
                                    throw new CancellationException("cancelled");
                                }
                            }
                        }))
                .isInstanceOf(CancellationException.class);
        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
    }
}
