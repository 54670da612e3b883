package tv.tldr.api.temporal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.HighlightRow;
import tv.tldr.activities.store.RecutStore;

/** Which clips that are to be cut anew has a crash or an outage left without a workflow? */
@Component
@ConditionalOnBooleanProperty(name = "tldr.temporal.sweep-enabled", matchIfMissing = true)
public final class RecutSweep {
    private static final Logger log = LoggerFactory.getLogger(RecutSweep.class);
    private static final int AT_ONCE = 4;

    private final RecutStore recuts;
    private final RecutStarter starter;
    private final TemporalProperties properties;

    RecutSweep(RecutStore recuts, RecutStarter starter, TemporalProperties properties) {
        this.recuts = recuts;
        this.starter = starter;
        this.properties = properties;
    }

    @Scheduled(
            initialDelayString = "${tldr.temporal.sweep-interval}",
            fixedDelayString = "${tldr.temporal.sweep-interval}")
    public Mono<Void> sweep() {
        return recuts.claimSilent(properties.sweepAge(), properties.sweepSilence(), properties.sweepBatch())
                .flatMap(this::start, AT_ONCE)
                .then()
                .onErrorResume(failure -> {
                    log.warn("Clips could not be looked after and will be later: {}", failure.toString());
                    return Mono.empty();
                });
    }

    /** What cannot be done now comes again with the next sweep, and not only after a silence. */
    private Mono<Void> start(HighlightRow highlight) {
        return starter.start(highlight).onErrorResume(failure -> {
            log.warn("{} cannot be cut anew yet: {}", highlight.id(), failure.toString());
            return recuts.forgetStart(highlight);
        });
    }
}
