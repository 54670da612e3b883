package tv.tldr.activities.store;

import io.temporal.spring.boot.ActivityImpl;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tv.tldr.activities.store.StoreFailure.Kind;
import tv.tldr.activities.store.StreamStateStore.Locked;
import tv.tldr.activities.store.StreamStateStore.Terms;
import tv.tldr.workflows.TaskQueues;
import tv.tldr.workflows.activity.CatalogActivities;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.stream.StreamStatus;

/**
 * Writes each change and its event in one transaction. Commands to one stream wait for each other at its row; a command
 * whose event is written already finds nothing to do, and neither does one that comes after the stream's end.
 */
@Component
@ActivityImpl(workers = TaskQueues.STREAMS)
public final class CatalogActivitiesImpl implements CatalogActivities {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogActivitiesImpl.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Database database;
    private final StreamStateStore streams;
    private final HighlightStore highlights;
    private final EventStore events;
    private final UsageStore usage;
    private final Leftovers leftovers;
    private final ObjectProvider<StreamEndings> endings;

    CatalogActivitiesImpl(
            Database database,
            StreamStateStore streams,
            HighlightStore highlights,
            EventStore events,
            UsageStore usage,
            Leftovers leftovers,
            ObjectProvider<StreamEndings> endings) {
        this.database = database;
        this.streams = streams;
        this.highlights = highlights;
        this.events = events;
        this.usage = usage;
        this.leftovers = leftovers;
        this.endings = endings;
    }

    @Override
    public @Nullable Started startStream(StartStream command) {
        StreamRef stream = command.stream();
        Mono<NewEvent> change = streams.start(stream).map(row -> StreamEvents.started(command.eventId(), row));
        return change(
                        "starting the stream",
                        stream,
                        row -> row.isTerminal()
                                ? Mono.<Started>error(() -> ended(stream, row.status()))
                                : streams.terms(stream).flatMap(terms -> requireHours(stream, row, terms)
                                        .then(append(stream, change))
                                        .thenReturn(new Started(terms.options(), terms.fairnessWeight()))))
                .orElse(null);
    }

    /** Who waited for its place takes nothing in that others left no hours for; what has begun goes on. */
    private Mono<Void> requireHours(StreamRef stream, Locked row, Terms terms) {
        if (row.status() != StreamStatus.PENDING || terms.recorded()) {
            return Mono.empty();
        }
        return Mono.justOrEmpty(terms.plan().limits())
                .flatMap(limits -> usage.hoursUsedUp(stream, limits))
                .flatMap(usedUp -> Mono.error(() -> usedUp(stream, usedUp)));
    }

    @Override
    public @Nullable Recorded saveRecording(SaveRecording command) {
        StreamRef stream = command.stream();
        return change("writing down the recording", stream, row -> streams.saveRecording(
                                stream, command.recording(), command.segments())
                        .then(streams.terms(stream))
                        .map(terms -> new Recorded(terms.fairnessWeight())))
                .orElse(null);
    }

    @Override
    public void saveProgress(SaveProgress command) {
        StreamRef stream = command.stream();
        Mono<NewEvent> change = streams.saveProgress(stream, command.progress())
                .filter(rows -> rows > 0)
                .map(saved -> StreamEvents.progress(command.eventId(), stream, command.progress()));
        // Nobody hears how far a stream is before they hear that it has started.
        change(
                "writing down the progress",
                stream,
                row -> unless(
                        command.eventId(), stream, change.filter(told -> row.status() == StreamStatus.PROCESSING)));
    }

    @Override
    public void saveHighlights(SaveHighlights command) {
        StreamRef stream = command.stream();
        change(
                "writing down the highlights",
                stream,
                row -> row.isTerminal() ? Mono.empty() : write(stream, command.highlights()));
    }

    private Mono<Long> write(StreamRef stream, List<NewHighlight> chosen) {
        List<NewHighlight> fresh =
                chosen.stream().filter(one -> one.moment().standing() == null).toList();
        List<NewHighlight> asCut =
                chosen.stream().filter(one -> one.moment().isCut()).toList();
        List<NewHighlight> changed =
                asCut.stream().filter(one -> one.moment().isChanged()).toList();
        return Mono.zip(
                        highlights.insert(stream, fresh).collectList(),
                        highlights.goOn(stream, asCut).collectList())
                .filter(rows -> !rows.getT1().isEmpty() || !rows.getT2().isEmpty())
                .flatMap(rows -> streams.countHighlights(stream)
                        .then(database.afterCommit(() -> Tally.highlights(rows.getT1())))
                        .then(events.append(
                                stream.organizationId(),
                                Stream.concat(
                                                told(fresh, rows.getT1(), StreamEvents::detected),
                                                told(changed, rows.getT2(), StreamEvents::updated))
                                        .toList())));
    }

    private static Stream<NewEvent> told(
            List<NewHighlight> chosen, List<HighlightRow> rows, BiFunction<EventId, HighlightRow, NewEvent> event) {
        return chosen.stream().flatMap(one -> rows.stream()
                .filter(row -> row.id().equals(one.highlightId()))
                .map(row -> event.apply(one.eventId(), row)));
    }

    @Override
    public void saveClip(SaveClip command) {
        StreamRef stream = command.stream();
        Integer candidate = command.candidate();
        Mono<NewEvent> change = candidate == null
                ? highlights
                        .saveFiles(stream, command.highlightId(), command.files())
                        .map(row -> StreamEvents.processed(command.eventId(), row))
                : recut(command, candidate);
        change("writing down the clip", stream, row -> unless(command.eventId(), stream, change));
    }

    /** Of one that a lost workflow announced and did not cut, it is the first clip. */
    private Mono<NewEvent> recut(SaveClip command, int candidate) {
        StreamRef stream = command.stream();
        return highlights.find(stream.organizationId(), command.highlightId()).flatMap(before -> highlights
                .recut(stream, command.highlightId(), candidate, command.files())
                .map(row -> before.files() == null
                        ? StreamEvents.processed(command.eventId(), row)
                        : StreamEvents.updated(command.eventId(), row)));
    }

    @Override
    public void finishStream(FinishStream command) {
        StreamRef stream = command.stream();
        Flux<HighlightId> deletion = command.settled()
                ? highlights.deleteSuperseded(stream, command.uncut())
                : highlights.deleteOverlapped(stream);
        Mono<NewEvent> change = told(stream, Flux.concat(highlights.deleteUncut(stream), deletion))
                .then(streams.finish(command))
                .map(row -> StreamEvents.finished(command.eventId(), row));
        // Of one that was deleted meanwhile there is no end to write.
        changeIfThere(
                "writing down the end",
                stream,
                row -> row.isTerminal() || row.analysis() != command.analysis()
                        ? Mono.empty()
                        : append(stream, change).flatMap(written -> usage.streamEnded(stream)
                                .then(counted(command))
                                .thenReturn(written)));
        // Holding the row: no other analysis begins, and none has a clip that no row names yet.
        changeIfThere(
                "removing what the stream left",
                stream,
                row -> row.status() == command.status() && row.analysis() == command.analysis()
                        ? Mono.fromRunnable(() -> leftovers.remove(command)).subscribeOn(Schedulers.boundedElastic())
                        : Mono.empty());
        endings.orderedStream().forEach(next -> tell(next, stream));
    }

    private Mono<Void> counted(FinishStream command) {
        return command.status() == StreamStatus.FAILED
                ? database.afterCommit(() -> Tally.failure(FailureCause.of(command.errors())))
                : Mono.empty();
    }

    /** The end is written whatever becomes of those who wait for it; the sweep finds them. */
    private static void tell(StreamEndings next, StreamRef stream) {
        try {
            next.ended(stream).block(PATIENCE);
        } catch (RuntimeException failure) {
            LOG.warn("Who waits for the end of {} is told later: {}", stream.streamId(), failure.toString());
        }
    }

    private Mono<Long> told(StreamRef stream, Flux<HighlightId> deletion) {
        return deletion.map(id -> StreamEvents.deleted(new EventId(FreshUuid.next()), stream, id))
                .collectList()
                .filter(deleted -> !deleted.isEmpty())
                .flatMap(deleted -> events.append(stream.organizationId(), deleted));
    }

    /** One transaction that holds the stream's row from its beginning. */
    private <T> Optional<T> change(String doing, StreamRef stream, Function<Locked, Mono<T>> work) {
        return Awaited.of(
                doing,
                database.transaction(streams.lock(stream)
                        .switchIfEmpty(Mono.error(() -> missing(stream)))
                        .flatMap(work)));
    }

    private <T> void changeIfThere(String doing, StreamRef stream, Function<Locked, Mono<T>> work) {
        Awaited.of(doing, database.transaction(streams.lock(stream).flatMap(work)));
    }

    private Mono<Long> unless(EventId written, StreamRef stream, Mono<NewEvent> change) {
        return events.exists(stream.organizationId(), written)
                .flatMap(done -> done ? Mono.empty() : append(stream, change));
    }

    private Mono<Long> append(StreamRef stream, Mono<NewEvent> change) {
        return change.flatMap(event -> events.append(stream.organizationId(), List.of(event)));
    }

    private static StoreFailure missing(StreamRef stream) {
        return new StoreFailure(Kind.MISSING, stream.streamId() + " does not exist, or no longer", null);
    }

    private static StoreFailure usedUp(StreamRef stream, UsedUp usedUp) {
        return new StoreFailure(
                Kind.USED_UP,
                "when its turn came no stream hours were left: " + usedUp.words() + " POST /api/v1/streams/"
                        + stream.streamId() + "/retry tries it again then.",
                null);
    }

    private static StoreFailure ended(StreamRef stream, StreamStatus status) {
        return new StoreFailure(Kind.CONFLICT, stream.streamId() + " is " + status.wire() + " already", null);
    }
}
