package tv.tldr.api.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class WatchedTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void whatIsFreshIsNotLookedAtAgain() {
        AtomicInteger looks = new AtomicInteger();
        Watched<Integer> watched = new Watched<>(Mono.fromCallable(looks::incrementAndGet), LONG, LONG, LONG);

        assertThat(watched.get().block()).isEqualTo(1);
        assertThat(watched.get().block()).isEqualTo(1);
    }

    @Test
    void whatIsFreshIsLookedAtAgainWhenSomethingHasChanged() {
        AtomicInteger looks = new AtomicInteger();
        Watched<Integer> watched = new Watched<>(Mono.fromCallable(looks::incrementAndGet), LONG, LONG, LONG);

        assertThat(watched.get().block()).isEqualTo(1);
        assertThat(watched.renewed().block()).isEqualTo(2);
        assertThat(watched.get().block()).isEqualTo(2);
    }

    @Test
    void whatIsOldIsTheAnswerWhileTheNextLookTakesItsTime() {
        Sinks.One<String> slow = Sinks.one();
        AtomicInteger looks = new AtomicInteger();
        Mono<String> look = Mono.defer(() -> looks.getAndIncrement() == 0 ? Mono.just("first") : slow.asMono());
        Watched<String> watched = new Watched<>(look, Duration.ZERO, LONG, Duration.ofMillis(1));

        assertThat(watched.get().block()).isEqualTo("first");
        assertThat(watched.get().block()).isEqualTo("first");
        assertThat(watched.get().block()).isEqualTo("first");
        assertThat(looks).hasValue(2);

        slow.tryEmitValue("second");
        // The look that ended was the answer at once, without anybody who waited for it.
        assertThat(new Watched<>(slow.asMono(), LONG, LONG, LONG).get().block()).isEqualTo("second");
    }

    @Test
    void whatIsTooOldToBeTrueIsWaitedFor() {
        AtomicInteger looks = new AtomicInteger();
        Mono<Integer> look = Mono.fromCallable(looks::incrementAndGet).delayElement(Duration.ofMillis(20));
        Watched<Integer> watched = new Watched<>(look, Duration.ZERO, Duration.ZERO, Duration.ofNanos(1));

        assertThat(watched.get().block()).isEqualTo(1);
        assertThat(watched.get().block()).isEqualTo(2);
    }

    @Test
    void aLookThatFailsIsFollowedByAnother() {
        AtomicInteger looks = new AtomicInteger();
        Mono<String> look = Mono.defer(
                () -> looks.getAndIncrement() == 0 ? Mono.error(new IllegalStateException()) : Mono.just("well"));
        Watched<String> watched = new Watched<>(look, LONG, LONG, LONG);

        assertThat(watched.get().onErrorReturn("failed").block()).isEqualTo("failed");
        assertThat(watched.get().block()).isEqualTo("well");
    }
}
