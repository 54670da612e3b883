package tv.tldr.api.temporal;

import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.BatchStore;
import tv.tldr.activities.store.RecutStore;

/**
 * Which batches, and which clips that are to be cut anew, has a crash or an outage left without a workflow, or a lost signal
 * without a look?
 */
@Component
@ConditionalOnBooleanProperty(name = "tldr.temporal.sweep-enabled", matchIfMissing = true)
public final class SilentSweep {
    private static final Logger log = LoggerFactory.getLogger(SilentSweep.class);
    private static final int AT_ONCE = 4;

    private final BatchStore batches;
    private final BatchStarter batchStarter;
    private final RecutStore recuts;
    private final RecutStarter recutStarter;
    private final TemporalProperties properties;

    SilentSweep(
            BatchStore batches,
            BatchStarter batchStarter,
            RecutStore recuts,
            RecutStarter recutStarter,
            TemporalProperties properties) {
        this.batches = batches;
        this.batchStarter = batchStarter;
        this.recuts = recuts;
        this.recutStarter = recutStarter;
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
