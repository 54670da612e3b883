package tv.tldr.api.events;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tv.tldr.activities.store.EventStore;
import tv.tldr.activities.store.Notifications;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.StreamId;

/**
 * What is new of a stream? However many clients of this process follow it, its events are read once: when the database calls
 * out, and when a look at the organizations' counters finds that a call was missed.
 */
@Component
final class EventWatch implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(EventWatch.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration LINGER = Duration.ofSeconds(5);
    private static final int MOST_AT_ONCE = 100;

    private final EventStore events;
    private final Notifications notifications;
    private final Map<StreamRef, Flux<EventBatch>> tails = new ConcurrentHashMap<>();
    private final Map<StreamRef, Set<Sinks.Many<Boolean>>> bells = new ConcurrentHashMap<>();
    private final Map<OrganizationId, Long> seen = new ConcurrentHashMap<>();
    private volatile Disposable hearing = Disposables.disposed();
    private volatile Sinks.Empty<Void> leaving = Sinks.empty();
    private volatile boolean running;

    EventWatch(EventStore events, Notifications notifications) {
        this.events = events;
        this.notifications = notifications;
    }

    /**
     * The latest batch of the stream at once, then each new one; ends when the process leaves. Who does not keep up may let
     * batches go: {@link EventBatch#after} tells.
     */
    Flux<EventBatch> of(StreamRef stream) {
        return Flux.defer(() -> tails.computeIfAbsent(stream, this::tail)).takeUntilOther(leaving.asMono());
    }

    private Flux<EventBatch> tail(StreamRef stream) {
        return Flux.defer(() -> {
                    Sinks.Many<Boolean> bell = Sinks.many().multicast().directBestEffort();
                    bells.computeIfAbsent(stream, ref -> ConcurrentHashMap.newKeySet())
                            .add(bell);
                    return events.lastOf(stream)
                            .flatMapMany(last -> from(stream, last, bell))
                            .doFinally(signal -> forget(stream, bell));
                })
                .replay(1)
                .refCount(1, LINGER);
    }

    private Flux<EventBatch> from(StreamRef stream, long last, Sinks.Many<Boolean> bell) {
        AtomicLong position = new AtomicLong(last);
        Mono<EventBatch> next = Mono.defer(() -> events.ofStream(stream, position.get(), MOST_AT_ONCE)
                .collectList()
                .filter(read -> !read.isEmpty())
                .map(read -> new EventBatch(position.getAndSet(read.getLast().sequence()), read))
                .doOnError(failure -> log.debug("Events are read when it rings again: {}", failure.toString()))
                .onErrorComplete());
        // Rung once by ourselves, when we listen: something may have come since the look.
        return Flux.merge(bell.asFlux(), Mono.just(true))
                .onBackpressureLatest()
                .concatMap(ring -> next.expand(batch -> batch.events().size() == MOST_AT_ONCE ? next : Mono.empty()), 1)
                .startWith(new EventBatch(last, List.of()));
    }

    private void forget(StreamRef stream, Sinks.Many<Boolean> bell) {
        tails.remove(stream);
        bells.computeIfPresent(stream, (ref, all) -> {
            all.remove(bell);
            return all.isEmpty() ? null : all;
        });
    }

    private void ring(StreamRef stream) {
        for (Sinks.Many<Boolean> bell : bells.getOrDefault(stream, Set.of())) {
            synchronized (bell) {
                // One that cannot be heard now has rung already and was not answered yet.
                var _ = bell.tryEmitNext(true);
            }
        }
    }

    private void hear(Notifications.Notice notice) {
        String[] ids = notice.payload().split(" ", -1);
        if (notice.channel().equals(Notifications.EVENTS) && ids.length == 2 && !ids[1].isEmpty()) {
            try {
                ring(new StreamRef(new OrganizationId(UUID.fromString(ids[0])), new StreamId(UUID.fromString(ids[1]))));
            } catch (IllegalArgumentException e) {
                log.warn("Somebody else calls on the channel of the events: {}", e.toString());
            }
        }
    }

    /** At most one query, and one more for each organization of which something is followed and something happened. */
    private Mono<Void> look() {
        Set<OrganizationId> followed =
                bells.keySet().stream().map(StreamRef::organizationId).collect(Collectors.toSet());
        seen.keySet().retainAll(followed);
        if (followed.isEmpty()) {
            return Mono.empty();
        }
        return events.counters(followed)
                .concatMap(counter -> {
                    Long before = seen.put(counter.organization(), counter.sequence());
                    return before == null || before == counter.sequence()
                            ? Flux.<StreamRef>empty()
                            : events.streamsAfter(counter.organization(), before);
                })
                .doOnNext(this::ring)
                .doOnError(failure -> log.debug("Events are looked for again later: {}", failure.toString()))
                .onErrorComplete()
                .then();
    }

    @Override
    public void start() {
        leaving = Sinks.empty();
        hearing = Disposables.composite(
                notifications.listen().subscribe(this::hear),
                Flux.interval(LOOK)
                        .onBackpressureDrop()
                        .concatMap(tick -> look())
                        .subscribe());
        running = true;
    }

    /** Before the web server, which waits for those that follow. */
    @Override
    public void stop() {
        running = false;
        var _ = leaving.tryEmitEmpty();
        hearing.dispose();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
