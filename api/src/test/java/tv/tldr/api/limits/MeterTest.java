package tv.tldr.api.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tv.tldr.activities.store.RateLease;
import tv.tldr.api.limits.Decision.Admitted;
import tv.tldr.api.limits.Decision.Refused;
import tv.tldr.api.limits.Decision.Unlimited;

class MeterTest {
    private final AtomicLong clock = new AtomicLong();
    private final AtomicInteger questions = new AtomicInteger();
    private final AtomicInteger owing = new AtomicInteger();
    private final Deque<Mono<RateLease>> answers = new ArrayDeque<>();
    private final Meter meter = new Meter(this::lease, clock::get);

    private Mono<RateLease> lease(int owed) {
        return Mono.defer(() -> {
            owing.set(owed);
            questions.incrementAndGet();
            return answers.isEmpty() ? Mono.error(new IllegalStateException("away")) : answers.removeFirst();
        });
    }

    @Test
    void manyRequestsCostOneQuestion() {
        answers.add(Mono.just(new RateLease(50, 1000, 950)));

        List<Decision> decisions = take(50);

        assertThat(decisions).hasOnlyElementsOfType(Admitted.class);
        assertThat(decisions.getFirst()).isEqualTo(new Admitted(1000, 999, 1));
        assertThat(decisions.getLast()).isEqualTo(new Admitted(1000, 950, 3));
        assertThat(questions).hasValue(1);
    }

    @Test
    void anExhaustedLimitIsAskedAboutAgainOnlyWhenItMayHaveMore() {
        answers.add(Mono.just(new RateLease(0, 60, 0.25)));
        answers.add(Mono.just(new RateLease(1, 60, 0)));

        assertThat(take(100)).containsOnly(new Refused(60, 60, 1));
        assertThat(questions).hasValue(1);
        clock.addAndGet(Duration.ofMillis(760).toNanos());

        assertThat(take(1)).hasOnlyElementsOfType(Admitted.class);
        assertThat(questions).hasValue(2);
    }

    @Test
    void anExhaustedLimitThatMayBeAnotherOneIsAskedAboutOnce() {
        answers.add(Mono.just(new RateLease(0, 1, 0)));
        answers.add(Mono.just(new RateLease(0, 1, 0)));
        answers.add(Mono.just(new RateLease(5, 100, 95)));
        take(1);

        meter.doubt();
        assertThat(take(10)).hasOnlyElementsOfType(Refused.class);
        assertThat(questions).hasValue(2);

        meter.doubt();
        assertThat(take(1)).containsExactly(new Admitted(100, 99, 1));
    }

    @Test
    void anExhaustedLimitStaysSoWhileNobodyTellsWhetherItIsAnotherOne() {
        answers.add(Mono.just(new RateLease(0, 60, 0)));
        take(1);

        meter.doubt();

        assertThat(take(10)).hasOnlyElementsOfType(Refused.class);
        assertThat(questions).as("and one that was not answered").hasValue(2);
    }

    @Test
    void whatIsNotUsedInTimeIsGivenUp() {
        answers.add(Mono.just(new RateLease(5, 100, 95)));
        answers.add(Mono.just(new RateLease(5, 100, 60)));
        take(1);
        clock.addAndGet(Duration.ofSeconds(3).toNanos());

        assertThat(take(1)).containsExactly(new Admitted(100, 64, 22));
        assertThat(questions).hasValue(2);
    }

    @Test
    void requestsThatWaitShareAQuestionAndGoOnAskingWhenItDoesNotSuffice() {
        Sinks.One<RateLease> slow = Sinks.one();
        answers.add(slow.asMono());
        answers.add(Mono.just(new RateLease(2, 100, 0)));
        answers.add(Mono.just(new RateLease(0, 100, 0)));
        List<Decision> decisions = new java.util.concurrent.CopyOnWriteArrayList<>();
        Flux.range(0, 10).flatMap(i -> meter.take(), 10).subscribe(decisions::add);
        assertThat(questions).hasValue(1);

        slow.tryEmitValue(new RateLease(5, 100, 2)).orThrow();

        assertThat(decisions).hasSize(10);
        assertThat(decisions).filteredOn(Admitted.class::isInstance).hasSize(7);
        assertThat(questions).hasValue(3);
    }

    @Test
    void withoutALimitNobodyIsAskedForAWhile() {
        answers.add(Mono.empty());

        assertThat(take(100)).containsOnly(new Unlimited());
        assertThat(questions).hasValue(1);
        clock.addAndGet(Meter.BELIEVED.toNanos());
        answers.add(Mono.just(new RateLease(1, 20, 19)));
        assertThat(take(1)).hasOnlyElementsOfType(Admitted.class);
    }

    @Test
    void whileNobodyAnswersHalfOfWhatWasLeftIsItsOwnAndPaidBackAfterwards() {
        answers.add(Mono.just(new RateLease(5, 100, 61)));
        take(5);

        List<Decision> decisions = take(80);

        long alone = decisions.stream().filter(Admitted.class::isInstance).count();
        assertThat(alone).isBetween(30L, 32L);
        assertThat(decisions.getLast()).isInstanceOf(Refused.class);
        assertThat(questions).as("and it is not asked again at once").hasValue(2);
        clock.addAndGet(Meter.PAUSE.toNanos());
        answers.add(Mono.just(new RateLease(5, 100, 95)));
        assertThat(take(1)).containsExactly(new Admitted(100, 99, 1));
        assertThat(owing.get()).isEqualTo((int) alone);
        take(4);
        answers.add(Mono.just(new RateLease(5, 100, 90)));
        take(1);
        assertThat(owing).as("once").hasValue(0);
    }

    @Test
    void ofWhomNothingIsKnownNothingIsRefusedWhileNobodyAnswers() {
        assertThat(take(1000)).containsOnly(new Unlimited());
        assertThat(questions).hasValue(1);
    }

    @Test
    void whoNeverAnswersHoldsARequestUpForAMomentOnly() {
        answers.add(Mono.never());

        Decision decision = meter.take().block(Meter.PATIENCE.multipliedBy(4));

        assertThat(decision).isEqualTo(new Unlimited());
    }

    private List<Decision> take(int times) {
        return Stream.generate(() -> meter.take().block()).limit(times).toList();
    }
}
