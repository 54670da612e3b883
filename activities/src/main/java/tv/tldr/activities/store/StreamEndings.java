package tv.tldr.activities.store;

import reactor.core.publisher.Mono;
import tv.tldr.workflows.activity.StreamRef;

/** Who goes on when a stream has ended? Told after each end is written, at least once, and soon; what it cannot do is left to the sweep. */
public interface StreamEndings {
    Mono<Void> ended(StreamRef stream);
}
