package tv.tldr.api.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SupervisorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CompletableFuture<StartFailure> lost = new CompletableFuture<>();

    @Test
    void startsAServerAgainThatEnded() throws InterruptedException {
        Fake server = new Fake();
        try (Supervisor _ = Supervisor.watching("It", server, lost::complete)) {
            for (int round = 0; round < Streak.MOST_RESTARTS; round++) {
                server.die();
                assertThat(server.isStartedAgain()).isTrue();
            }
        }
        assertThat(lost).isNotDone();
    }

    @Test
    void givesAServerUpThatKeepsEnding() {
        Fake server = new Fake();
        server.broken = true;
        try (Supervisor _ = Supervisor.watching("It", server, lost::complete)) {
            server.die();

            assertThat(lost).succeedsWithin(PATIENCE).satisfies(failure -> assertThat(failure)
                    .hasMessage("It ended 4 times in a row; it is given up: it is worn out"));
        }
        assertThat(server.attempts).hasValue(Streak.MOST_RESTARTS);
    }

    @Test
    void startsNothingAfterItsEnd() {
        Fake server = new Fake();
        Supervisor.watching("It", server, lost::complete).close();

        server.die();

        assertThat(server.attempts).hasValue(0);
        assertThat(lost).isNotDone();
    }

    @Test
    void breaksOffARestartThatIsUnderWay() throws InterruptedException {
        CountDownLatch starting = new CountDownLatch(1);
        Fake server = new Fake() {
            @Override
            public void startAgain() throws IOException {
                starting.countDown();
                super.startAgain();
            }
        };
        try (Supervisor _ = Supervisor.watching("It", server, lost::complete)) {
            server.die();
            assertThat(starting.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            // Closing returns although nobody takes the start.
        }
        assertThat(server.attempts).hasValue(1);
        assertThat(lost).isNotDone();
    }

    @Test
    void aServerThatRanForAMinuteHasAFreshStart() {
        Streak worn = Streak.NONE;
        for (int end = 0; end < Streak.MOST_RESTARTS; end++) {
            worn = worn.ended(Duration.ZERO);
        }

        assertThat(worn.isHopeless()).isFalse();
        assertThat(worn.ended(Duration.ofSeconds(59)).isHopeless()).isTrue();
        assertThat(worn.ended(Streak.PROOF)).isEqualTo(new Streak(1));
    }

    /** A start lasts until the test takes note of it. */
    private static class Fake implements Restartable {
        private final SynchronousQueue<Integer> starts = new SynchronousQueue<>();
        private final AtomicInteger attempts = new AtomicInteger();
        private volatile boolean broken;
        private volatile CompletableFuture<Void> end = new CompletableFuture<>();

        void die() {
            end.complete(null);
        }

        boolean isStartedAgain() throws InterruptedException {
            return starts.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS) != null;
        }

        @Override
        public CompletableFuture<?> ended() {
            return end;
        }

        @Override
        public void startAgain() throws IOException {
            int attempt = attempts.incrementAndGet();
            if (broken) {
                throw new IOException("it does not start");
            }
            try {
                end = new CompletableFuture<>();
                starts.put(attempt);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }

        @Override
        public String lastWords() {
            return "it is worn out";
        }
    }
}
