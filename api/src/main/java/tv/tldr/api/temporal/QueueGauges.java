package tv.tldr.api.temporal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tv.tldr.workflows.QueueTasks;

/** How much waits in each task queue, for how long, and is it given to anybody who polls? For Prometheus; NaN while Temporal is away. */
@Component
final class QueueGauges {
    private static final Logger log = LoggerFactory.getLogger(QueueGauges.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final QueueOperations queues;
    private final Map<QueueTasks, State> states = new ConcurrentHashMap<>();

    QueueGauges(QueueOperations queues, MeterRegistry registry) {
        this.queues = queues;
        for (QueueTasks tasks : QueueTasks.ALL) {
            gauge(registry, tasks, "tldr.queue.backlog", "tasks", State::backlog);
            gauge(registry, tasks, "tldr.queue.oldest", "seconds", State::oldestSeconds);
            gauge(registry, tasks, "tldr.queue.pollers", null, State::pollers);
        }
    }

    private record State(double backlog, double oldestSeconds, double pollers) {
        static final State UNKNOWN = new State(Double.NaN, Double.NaN, Double.NaN);
    }

    private void gauge(
            MeterRegistry registry,
            QueueTasks tasks,
            String name,
            @Nullable String unit,
            ToDoubleFunction<State> value) {
        Gauge.builder(name, this, self -> value.applyAsDouble(self.states.getOrDefault(tasks, State.UNKNOWN)))
                .tag("queue", tasks.queue())
                .tag("type", tasks.kind())
                .baseUnit(unit)
                .register(registry);
    }

    @Scheduled(initialDelayString = "${tldr.metrics.first-look}", fixedDelayString = "${tldr.metrics.interval}")
    Mono<Void> look() {
        return Flux.fromIterable(QueueTasks.ALL)
                .flatMap(tasks -> Mono.fromCallable(() -> ask(tasks))
                        .subscribeOn(Schedulers.boundedElastic())
                        .onErrorResume(failure -> {
                            log.debug("the queue {} cannot be looked at", tasks.queue(), failure);
                            return Mono.just(State.UNKNOWN);
                        })
                        .doOnNext(state -> states.put(tasks, state)))
                .then();
    }

    private State ask(QueueTasks tasks) {
        QueueState.Side side = queues.look(tasks.queue(), tasks.type(), PATIENCE);
        // Whoever has no slot free is there all the same.
        boolean busy = side.pollers().isEmpty() && queues.isAtWork(tasks.queue(), PATIENCE);
        return new State((double) side.backlog(), (double) side.oldest().toSeconds(), busy ? 1 : (double) side.given());
    }
}
