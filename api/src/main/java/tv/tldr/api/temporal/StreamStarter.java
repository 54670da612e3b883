package tv.tldr.api.temporal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.HighlightStore;
import tv.tldr.activities.store.PlaceStore;
import tv.tldr.activities.store.StreamPlace;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.activities.store.StreamStore;
import tv.tldr.activities.store.UsageStore;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.stream.StreamInput;
import tv.tldr.workflows.stream.StreamState;

/**
 * How does a stream that is written down get its workflow? When it has its place among those of its organization, and once,
 * however often and from wherever it is tried.
 */
@Component
public final class StreamStarter {
    private static final Logger log = LoggerFactory.getLogger(StreamStarter.class);

    /** A burst of starts makes a small server fail some of them. */
    private static final int AT_ONCE = 4;

    private static final Duration GRACE = Duration.ofMillis(250);

    private final WorkflowGateway gateway;
    private final StreamStore streams;
    private final HighlightStore highlights;
    private final PlaceStore places;
    private final UsageStore usage;
    private final TemporalProperties properties;

    StreamStarter(
            WorkflowGateway gateway,
            StreamStore streams,
            HighlightStore highlights,
            PlaceStore places,
            UsageStore usage,
            TemporalProperties properties) {
        this.gateway = gateway;
        this.streams = streams;
        this.highlights = highlights;
        this.places = places;
        this.usage = usage;
        this.properties = properties;
    }

    /**
     * Completes in any case and soon, with the stream as it is then: what cannot be started now is left to the sweep, and what
     * has to wait for its place to the end of another one.
     */
    public Mono<StreamRow> startSoon(StreamRow stream) {
        if (stream.place() == StreamPlace.GRANTED) {
            return startOrLeave(stream).thenReturn(stream);
        }
        return startNext(stream.ref().organizationId())
                // Also for those who get their place by the way.
                .timeout(properties.startDeadline().plus(GRACE))
                .map(started -> started.stream()
                        .filter(row -> row.ref().equals(stream.ref()))
                        .findFirst()
                        .orElse(stream))
                .onErrorResume(failure -> {
                    log.warn(
                            "{} is written down and gets its place later: {}",
                            stream.ref().streamId(),
                            failure.toString());
                    return Mono.just(stream);
                });
    }

    /** Gives the free places of the organization away, and starts those who get them. */
    Mono<List<StreamRow>> startNext(OrganizationId organization) {
        return places.grant(organization).flatMap(granted -> Flux.fromIterable(granted)
                .flatMap(this::startOrLeave, AT_ONCE)
                .then(Mono.just(granted)));
    }

    /** The same for whoever has let streams queue; completes in any case and soon, the sweep does what is left. */
    public Mono<Void> startWaiting(OrganizationId organization) {
        return startNext(organization)
                .onErrorResume(failure -> {
                    log.warn("Streams of {} get their places later: {}", organization, failure.toString());
                    return Mono.empty();
                })
                .then();
    }

    private Mono<Void> startOrLeave(StreamRow stream) {
        return start(stream).onErrorResume(failure -> {
            log.warn(
                    "{} is written down but not started yet, the sweep will: {}",
                    stream.ref().streamId(),
                    failure.toString());
            return Mono.empty();
        });
    }

    /** Starts the workflow, from where a lost one left the stream, and notes that in the row. */
    Mono<Void> start(StreamRow stream) {
        return input(stream)
                .flatMap(input -> gateway.start(input, stream.live()))
                .then(streams.markWorkflowStarted(stream.ref(), stream.analysis()))
                .then(stopIfEnded(stream));
    }

    private Mono<StreamInput> input(StreamRow stream) {
        Mono<StreamState> done = stream.recording() == null
                ? Mono.just(StreamState.NOTHING)
                : highlights.all(stream.ref()).map(all -> Resumption.of(stream, all));
        return Mono.zip(done, longest(stream.ref().organizationId()))
                .map(both -> new StreamInput(
                        stream.ref(),
                        stream.source(),
                        stream.options(),
                        both.getT1(),
                        stream.analysis(),
                        both.getT2().orElse(null)));
    }

    /** Seconds that a source may last. */
    private Mono<Optional<Double>> longest(OrganizationId organization) {
        return usage.plan(organization)
                .map(plan -> plan.limits()
                        .map(limits -> (double) limits.longestStream().toSeconds()))
                .defaultIfEmpty(Optional.empty());
    }

    /** A stop that came between reading the row and starting the workflow found none to tell; another analysis needs none. */
    private Mono<Void> stopIfEnded(StreamRow stream) {
        return streams.find(stream.ref())
                .filter(row -> row.status().isTerminal() || row.analysis() != stream.analysis())
                .flatMap(row -> gateway.stop(stream.workflowId(), true))
                .then();
    }
}
