package tv.tldr.api.streams;

import java.time.Clock;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.NewStream;
import tv.tldr.activities.store.PlaceStore;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.activities.store.StreamStore;
import tv.tldr.activities.store.Submission;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.temporal.StreamStarter;
import tv.tldr.workflows.account.Retention;
import tv.tldr.workflows.activity.StreamRef;

/** How does a stream begin? Written down first; its workflow is started now if Temporal answers, else by the sweep. */
@Component
public final class NewStreams {
    private final StreamStore streams;
    private final PlaceStore places;
    private final StreamStarter starter;
    private final Clock clock;

    NewStreams(StreamStore streams, PlaceStore places, StreamStarter starter, Clock clock) {
        this.streams = streams;
        this.places = places;
        this.starter = starter;
        this.clock = clock;
    }

    /** One that is written down, with its start seen to; empty: there is none. */
    Mono<StreamRow> begun(StreamRef stream) {
        return streams.find(stream).flatMap(starter::startSoon);
    }

    /** @return fails when its source is in process already, or when it would have to wait and does not want to */
    public Mono<StreamRow> submit(NewStream stream, WhenBusy whenBusy) {
        Mono<Submission> submitted =
                switch (whenBusy) {
                    case QUEUE -> streams.submit(stream);
                    case REFUSE -> places.submitNow(stream);
                };
        return submitted
                .map(submission -> switch (submission) {
                    case Submission.Accepted accepted -> accepted.stream();
                    case Submission.Busy busy -> throw Busy.refusal(busy);
                    case Submission.AlreadyInProcess other ->
                        throw new ProblemException(
                                ErrorCode.DUPLICATE_RESOURCE,
                                "The source is in process already as "
                                        + other.stream().ref().streamId()
                                        + (stream.source().uploaded()
                                                ? "; an upload becomes one stream: upload the file again for another."
                                                : "; wait for its end, or send \"allow_duplicate\": true."));
                })
                .flatMap(starter::startSoon);
    }

    /** 202, with where it is. */
    public ResponseEntity<StreamResponse> accepted(StreamRow row) {
        return ResponseEntity.accepted()
                .eTag(StreamTag.of(row))
                .header("Location", "/api/v1/streams/" + row.ref().streamId())
                // Its days are counted from its end.
                .body(StreamResponse.of(row, clock.instant(), Retention.FOR_GOOD));
    }
}
