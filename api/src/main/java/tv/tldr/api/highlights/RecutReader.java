package tv.tldr.api.highlights;

import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.HighlightEdit;
import tv.tldr.activities.store.HighlightRow;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.activities.store.StreamStore;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.ProblemException;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.TimeRange;

/** What does a request write on one highlight, and where is its clip to begin and end? */
@Component
final class RecutReader {
    /** Seconds: in less nobody sees anything. */
    private static final double SHORTEST = 1;

    private final StreamStore streams;

    RecutReader(StreamStore streams) {
        this.streams = streams;
    }

    /** Fails when other edges are wanted and the clip cannot be cut anew. */
    Mono<HighlightEdit> read(HighlightRow row, Fields body) {
        HighlightEdit edit = HighlightEditReader.read(body);
        Optional<Double> start = body.number("start_time", 0, TimeRange.LATEST);
        Optional<Double> end = body.number("end_time", 0, TimeRange.LATEST);
        if (start.isEmpty() && end.isEmpty()) {
            body.finish();
            return Mono.just(edit);
        }
        return streams.find(row.stream()).map(stream -> {
            TimeRange wanted = HighlightEditReader.wanted(row);
            double from = start.orElse(wanted.start());
            double to = end.orElse(wanted.end());
            check(body, end.isPresent() ? "end_time" : "start_time", from, to, stream);
            body.finish();
            requireSource(row, stream);
            return edit.withRange(new TimeRange(from, to));
        });
    }

    private static void check(Fields body, String field, double from, double to, StreamRow stream) {
        double duration = stream.duration() == null ? TimeRange.LATEST : stream.duration();
        if (to > duration) {
            body.refuse("end_time", "must not lie behind the end of the stream, " + duration + " s");
        } else if (to - from < SHORTEST) {
            body.refuse(field, "must leave at least " + SHORTEST + " s between start_time and end_time");
        } else if (to - from > StreamOptions.LONGEST_HIGHLIGHT) {
            body.refuse(
                    field,
                    "must leave at most " + StreamOptions.LONGEST_HIGHLIGHT + " s between start_time and end_time");
        }
    }

    private static void requireSource(HighlightRow row, StreamRow stream) {
        if (row.files() == null) {
            throw refused("The clip of this highlight is still to be cut; give it other edges then.");
        }
        if (stream.recording() == null) {
            throw refused("The source of the stream is no longer stored; its clips stay as they are.");
        }
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(ErrorCode.PROCESSING_ERROR, detail);
    }
}
