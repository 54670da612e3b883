package tv.tldr.api.temporal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.api.enums.v1.TaskQueueType;
import java.time.Duration;
import java.util.List;
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
import tv.tldr.workflows.TaskQueues;

/** How much waits in each task queue, for how long, and does anybody poll it? For Prometheus; NaN while Temporal is away. */
@Component
final class QueueGauges {
    private static final Logger log = LoggerFactory.getLogger(QueueGauges.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final List<Kind> KINDS = List.of(
            new Kind(TaskQueues.STREAMS, Work.WORKFLOW),
            new Kind(TaskQueues.STREAMS, Work.ACTIVITY),
            new Kind(TaskQueues.MEDIA, Work.ACTIVITY),
            new Kind(TaskQueues.ANALYSIS, Work.ACTIVITY),
            new Kind(TaskQueues.DELIVERIES, Work.WORKFLOW),
            new Kind(TaskQueues.DELIVERIES, Work.ACTIVITY));

    private final QueueOperations queues;
    private final Map<Kind, State> states = new ConcurrentHashMap<>();

    QueueGauges(QueueOperations queues, MeterRegistry registry) {
        this.queues = queues;
        for (Kind kind : KINDS) {
            gauge(registry, kind, "tldr.queue.backlog", "tasks", State::backlog);
            gauge(registry, kind, "tldr.queue.oldest", "seconds", State::oldestSeconds);
            gauge(registry, kind, "tldr.queue.pollers", null, State::pollers);
        }
    }

    private enum Work {
        WORKFLOW("workflow", TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW),
        ACTIVITY("activity", TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY);

        private final String word;
        private final TaskQueueType type;

        Work(String word, TaskQueueType type) {
            this.word = word;
            this.type = type;
        }
    }

    private record Kind(String queue, Work work) {}

    private record State(double backlog, double oldestSeconds, double pollers) {
        static final State UNKNOWN = new State(Double.NaN, Double.NaN, Double.NaN);
    }

    private void gauge(
            MeterRegistry registry, Kind kind, String name, @Nullable String unit, ToDoubleFunction<State> value) {
        Gauge.builder(name, this, self -> value.applyAsDouble(self.states.getOrDefault(kind, State.UNKNOWN)))
                .tag("queue", kind.queue())
                .tag("type", kind.work().word)
                .baseUnit(unit)
                .register(registry);
    }

    @Scheduled(initialDelayString = "${tldr.metrics.first-look}", fixedDelayString = "${tldr.metrics.interval}")
    Mono<Void> look() {
        return Flux.fromIterable(KINDS)
                .flatMap(kind -> Mono.fromCallable(() -> ask(kind))
                        .subscribeOn(Schedulers.boundedElastic())
                        .onErrorResume(failure -> {
                            log.debug("the queue {} cannot be looked at", kind.queue(), failure);
                            return Mono.just(State.UNKNOWN);
                        })
                        .doOnNext(state -> states.put(kind, state)))
                .then();
    }

    private State ask(Kind kind) {
        QueueState.Side side = queues.look(kind.queue(), kind.work().type, PATIENCE);
        return new State(
                (double) side.backlog(),
                (double) side.oldest().toSeconds(),
                side.pollers().size());
    }
}
