package tv.tldr.api.temporal;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.HighlightRow;
import tv.tldr.activities.store.Recut;
import tv.tldr.activities.store.RecutStore;
import tv.tldr.activities.store.StreamStore;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.recut.RecutInput;
import tv.tldr.workflows.stream.TimeRange;

/** How does a clip that is to be cut anew get its workflow? Once for each order, however often it is tried. */
@Component
public final class RecutStarter {
    private static final Logger log = LoggerFactory.getLogger(RecutStarter.class);

    private final WorkflowGateway gateway;
    private final StreamStore streams;
    private final RecutStore recuts;

    RecutStarter(WorkflowGateway gateway, StreamStore streams, RecutStore recuts) {
        this.gateway = gateway;
        this.streams = streams;
        this.recuts = recuts;
    }

    /** Completes in any case and soon: what cannot be started now is left to the sweep. */
    public Mono<Void> startSoon(HighlightRow highlight) {
        return start(highlight).onErrorResume(failure -> {
            log.warn("{} is cut anew later, the sweep will see to it: {}", highlight.id(), failure.toString());
            return Mono.empty();
        });
    }

    /** Nothing when no other clip of the highlight is wanted. */
    Mono<Void> start(HighlightRow highlight) {
        return Mono.justOrEmpty(highlight.recut()).filter(Recut::isPending).flatMap(wanted -> streams.find(
                        highlight.stream())
                .flatMap(stream -> start(highlight, wanted, stream.recording())));
    }

    private Mono<Void> start(HighlightRow highlight, Recut wanted, @Nullable Recording recording) {
        return recording == null
                ? recuts.giveUp(highlight, wanted.version(), "the source of the stream is no longer stored")
                : gateway.recut(input(highlight, wanted, recording))
                        .then(recuts.markStarted(highlight, wanted.version()));
    }

    private static RecutInput input(HighlightRow highlight, Recut wanted, Recording recording) {
        TimeRange range = wanted.range();
        return new RecutInput(
                highlight.stream(),
                highlight.id(),
                wanted.version(),
                recording,
                range,
                range.contains(highlight.peak()) ? highlight.peak() : range.middle());
    }
}
