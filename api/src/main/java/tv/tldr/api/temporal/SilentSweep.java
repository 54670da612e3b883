package tv.tldr.api.temporal;

import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.BatchStore;
import tv.tldr.activities.store.DeliveryQueue;
import tv.tldr.activities.store.RecutStore;
import tv.tldr.workflows.event.DeliveryInput;

/**
 * Which batches, clips that are to be cut anew and deliveries has a crash or an outage left without a workflow, or a lost
 * signal without a look?
 */
@Component
@ConditionalOnBooleanProperty(name = "tldr.temporal.sweep-enabled", matchIfMissing = true)
public final class SilentSweep {
    private static final Logger log = LoggerFactory.getLogger(SilentSweep.class);
    private static final int AT_ONCE = 4;
    /** How long it can be looked up what became of a delivery. */
    private static final Duration KEPT = Duration.ofDays(30);

    private static final int FORGOTTEN_AT_ONCE = 10_000;

    private final BatchStore batches;
    private final BatchStarter batchStarter;
    private final RecutStore recuts;
    private final RecutStarter recutStarter;
    private final DeliveryQueue deliveries;
    private final DeliveryDispatch dispatch;
    private final TemporalProperties properties;

    SilentSweep(
            BatchStore batches,
            BatchStarter batchStarter,
            RecutStore recuts,
            RecutStarter recutStarter,
            DeliveryQueue deliveries,
            DeliveryDispatch dispatch,
            TemporalProperties properties) {
        this.batches = batches;
        this.batchStarter = batchStarter;
        this.recuts = recuts;
        this.recutStarter = recutStarter;
        this.deliveries = deliveries;
        this.dispatch = dispatch;
        this.properties = properties;
    }

    @Scheduled(
            initialDelayString = "${tldr.temporal.sweep-interval}",
            fixedDelayString = "${tldr.temporal.sweep-interval}")
    public Mono<Void> batches() {
        return look(
                "batches",
                batches.claimSilent(properties.sweepAge(), properties.sweepSilence(), properties.sweepBatch()),
                batchStarter::wake,
                batches::forgetLook);
    }

    @Scheduled(
            initialDelayString = "${tldr.temporal.sweep-interval}",
            fixedDelayString = "${tldr.temporal.sweep-interval}")
    public Mono<Void> recuts() {
        return look(
                "clips",
                recuts.claimSilent(properties.sweepAge(), properties.sweepSilence(), properties.sweepBatch()),
                recutStarter::start,
                recuts::forgetStart);
    }

    /** Those that nobody has begun, those that nobody goes on with, and those that are over for long. */
    @Scheduled(
            initialDelayString = "${tldr.temporal.sweep-interval}",
            fixedDelayString = "${tldr.temporal.sweep-interval}")
    public Mono<Void> deliveries() {
        Flux<DeliveryInput> silent = deliveries.claimSilent(properties.sweepSilence(), properties.sweepBatch());
        return look("deliveries", silent, dispatch::start, deliveries::forgetLook)
                .thenMany(deliveries.waiting().doOnNext(dispatch::ring))
                .then(deliveries.forgetOld(KEPT, FORGOTTEN_AT_ONCE))
                .onErrorResume(failure -> {
                    log.warn("The deliveries that wait will be looked for later: {}", failure.toString());
                    return Mono.empty();
                })
                .then();
    }

    /** What cannot be done now comes again with the next sweep, and not only after a silence. */
    private static <T> Mono<Void> look(
            String what, Flux<T> silent, Function<T, Mono<Void>> start, Function<T, Mono<Void>> forget) {
        return silent.flatMap(
                        one -> start.apply(one).onErrorResume(failure -> {
                            log.warn("One of the silent {} cannot be looked after yet: {}", what, failure.toString());
                            return forget.apply(one);
                        }),
                        AT_ONCE)
                .then()
                .onErrorResume(failure -> {
                    log.warn("The silent {} could not be looked for and will be later: {}", what, failure.toString());
                    return Mono.empty();
                });
    }
}
