package tv.tldr.activities.store;

import io.temporal.spring.boot.ActivityImpl;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.StoreFailure.Kind;
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
    private final Database database;
    private final StreamStateStore streams;
    private final HighlightStore highlights;
    private final EventStore events;
    private final Leftovers leftovers;

    CatalogActivitiesImpl(
            Database database,
            StreamStateStore streams,
            HighlightStore highlights,
            EventStore events,
            Leftovers leftovers) {
        this.database = database;
        this.streams = streams;
        this.highlights = highlights;
        this.events = events;
        this.leftovers = leftovers;
    }

    @Override
    public void startStream(StartStream command) {
        StreamRef stream = command.stream();
        Mono<NewEvent> change = streams.start(stream).map(row -> StreamEvents.started(command.eventId(), row));
        change(
                "starting the stream",
                stream,
                status -> status.isTerminal() ? Mono.error(() -> ended(stream, status)) : append(stream, change));
    }

    @Override
    public void saveRecording(SaveRecording command) {
        change(
                "writing down the recording",
                command.stream(),
                status -> streams.saveRecording(command.stream(), command.recording(), command.segments()));
    }

    @Override
    public void saveProgress(SaveProgress command) {
        StreamRef stream = command.stream();
        Mono<NewEvent> change = streams.saveProgress(stream, command.progress())
                .filter(rows -> rows > 0)
                .map(saved -> StreamEvents.progress(command.eventId(), stream, command.progress()));
        change("writing down the progress", stream, status -> unless(command.eventId(), stream, change));
    }

    @Override
    public void saveHighlights(SaveHighlights command) {
        StreamRef stream = command.stream();
        change(
                "writing down the highlights",
                stream,
                status -> status.isTerminal() ? Mono.empty() : write(stream, command.highlights()));
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
                : highlights
                        .recut(stream, command.highlightId(), candidate, command.files())
                        .map(row -> StreamEvents.updated(command.eventId(), row));
        change("writing down the clip", stream, status -> unless(command.eventId(), stream, change));
    }

    @Override
    public void finishStream(FinishStream command) {
        StreamRef stream = command.stream();
        Mono<Long> deletion =
                command.status() == StreamStatus.COMPLETED ? delete(stream, command.uncut()) : Mono.empty();
        Mono<NewEvent> change = highlights
                .deleteUncut(stream)
                .then(deletion)
                .then(streams.finish(stream, command.status(), command.errors(), command.emptyReason()))
                .map(row -> StreamEvents.finished(command.eventId(), row));
        @Nullable
        StreamStatus end = change(
                "writing down the end",
                stream,
                status -> status.isTerminal()
                        ? Mono.just(status)
                        // An end that is written already may have been followed by another analysis.
                        : unless(command.eventId(), stream, change).thenReturn(command.status()));
        // After another end the files belong to that one.
        if (end == command.status()) {
            leftovers.remove(stream, end, analysis(stream), command.uncut());
        }
    }

    private int analysis(StreamRef stream) {
        return Awaited.of("looking which analysis has ended", streams.analysis(stream))
                .orElseThrow();
    }

    private Mono<Long> delete(StreamRef stream, List<HighlightId> spared) {
        return highlights
                .deleteSuperseded(stream, spared)
                .map(row -> StreamEvents.deleted(new EventId(FreshUuid.next()), row))
                .collectList()
                .filter(deleted -> !deleted.isEmpty())
                .flatMap(deleted -> events.append(stream.organizationId(), deleted));
    }

    /** One transaction that holds the stream's row from its beginning; null when {@code work} answers nothing. */
    private <T> @Nullable T change(String doing, StreamRef stream, Function<StreamStatus, Mono<T>> work) {
        return Awaited.of(
                        doing,
                        database.transaction(streams.lock(stream)
                                .switchIfEmpty(Mono.error(() -> missing(stream)))
                                .flatMap(work)))
                .orElse(null);
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

    private static StoreFailure ended(StreamRef stream, StreamStatus status) {
        return new StoreFailure(Kind.CONFLICT, stream.streamId() + " is " + status.wire() + " already", null);
    }
}
