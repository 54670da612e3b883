package tv.tldr.api.temporal;

import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tv.tldr.activities.store.FreshUuid;
import tv.tldr.activities.store.HighlightRow;
import tv.tldr.activities.store.HighlightStore;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.workflows.activity.CatalogActivities;
import tv.tldr.workflows.activity.CatalogActivities.FinishStream;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.stream.StreamError;
import tv.tldr.workflows.stream.StreamStatus;

/** How does a stream end that has no workflow? The way its workflow would have ended it; one that has ended stays so. */
@Component
public final class StreamEnd {
    private final CatalogActivities catalog;
    private final HighlightStore highlights;

    StreamEnd(CatalogActivities catalog, HighlightStore highlights) {
        this.catalog = catalog;
        this.highlights = highlights;
    }

    /** Only for a stream of which it is known that no workflow will write its end. */
    public Mono<Void> write(StreamRow stream, StreamStatus end, List<StreamError> errors) {
        return uncut(stream.ref())
                .map(uncut -> new FinishStream(
                        stream.ref(),
                        end,
                        errors,
                        null,
                        uncut,
                        new EventId(FreshUuid.next()),
                        stream.analysis(),
                        false,
                        0))
                .publishOn(Schedulers.boundedElastic())
                .doOnNext(catalog::finishStream)
                .then();
    }

    private Mono<List<HighlightId>> uncut(StreamRef stream) {
        return highlights.all(stream).map(all -> all.stream()
                .filter(highlight -> highlight.files() == null)
                .map(HighlightRow::id)
                .toList());
    }
}
