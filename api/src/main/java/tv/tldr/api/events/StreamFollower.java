package tv.tldr.api.events;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.EventStore;
import tv.tldr.activities.store.StoredEvent;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.EventType;

/** Which events does one client get who follows a stream? All of them after its own place, each once, until the stream's end. */
@Component
final class StreamFollower {
    private static final int PAGE = 100;
    private static final Set<String> ENDS =
            Set.of(EventType.STREAM_COMPLETED.wire(), EventType.STREAM_FAILED.wire(), EventType.STREAM_STOPPED.wire());
    /** What becomes of its highlights later on does not begin an ended stream anew. */
    private static final String OF_THE_STREAM = "stream.";

    private final EventStore events;
    private final EventWatch watch;

    StreamFollower(EventStore events, EventWatch watch) {
        this.events = events;
        this.watch = watch;
    }

    /** Where a client goes on that has seen {@code after}: from the feed's end where that is before it, as after a restore. */
    Mono<Long> place(StreamRow stream, long after) {
        return after == 0
                ? Mono.just(after)
                : events.last(stream.ref().organizationId()).map(last -> Math.min(after, last));
    }

    /** Whether there is nothing to follow: the stream has ended, and the client has seen all of it. */
    Mono<Boolean> isOver(StreamRow stream, long after) {
        return stream.status().isTerminal()
                ? events.ofStream(stream.ref(), after, 1).hasElements().map(more -> !more)
                : Mono.just(false);
    }

    /** A client that does not keep up costs no memory: what it has not taken is read again for it. */
    Flux<StoredEvent> follow(StreamRow stream, long after) {
        return Flux.defer(() -> {
            Place place = new Place(stream.ref(), after, stream.status().isTerminal());
            return watch.of(stream.ref())
                    .onBackpressureLatest()
                    .concatMap(batch -> place.next(batch).map(Step::of).concatWith(Mono.just(Step.CAUGHT_UP)), 1)
                    .takeUntil(step -> step.event() == null && place.ended)
                    .concatMap(step -> Mono.justOrEmpty(step.event()), 1);
        });
    }

    /** An event, or that there is no more for now. */
    private record Step(@Nullable StoredEvent event) {
        static final Step CAUGHT_UP = new Step(null);

        static Step of(StoredEvent event) {
            return new Step(event);
        }
    }

    /** Where one client is. Used by one signal at a time. */
    private final class Place {
        private final StreamRef stream;
        private long seen;
        private boolean ended;

        Place(StreamRef stream, long seen, boolean ended) {
            this.stream = stream;
            this.seen = seen;
            this.ended = ended;
        }

        Flux<StoredEvent> next(EventBatch batch) {
            Flux<StoredEvent> fresh = seen < batch.after()
                    ? readOn()
                    : Flux.fromIterable(batch.events()).filter(event -> event.sequence() > seen);
            return fresh.doOnNext(event -> {
                seen = event.sequence();
                ended = ENDS.contains(event.type()) || (ended && !event.type().startsWith(OF_THE_STREAM));
            });
        }

        private Flux<StoredEvent> readOn() {
            return Flux.defer(() -> events.ofStream(stream, seen, PAGE).collectList())
                    .repeat()
                    .takeUntil(page -> page.size() < PAGE)
                    .concatMapIterable(page -> page, 1);
        }
    }
}
