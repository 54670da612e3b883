package tv.tldr.api.preview;

import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tv.tldr.activities.store.HighlightRow;
import tv.tldr.activities.store.HighlightStore;
import tv.tldr.activities.store.StoredStream;
import tv.tldr.activities.store.StoredStream.Measured;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.streams.Revision;
import tv.tldr.workflows.asking.Window;
import tv.tldr.workflows.asking.WindowPlan;
import tv.tldr.workflows.scoring.AskedModel;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.selection.Comparison;
import tv.tldr.workflows.selection.Decision;
import tv.tldr.workflows.selection.Difference;
import tv.tldr.workflows.stream.TimeRange;

/** How would a stream's stored signals and answers be decided over otherwise? By the same arithmetic that decided over them. */
@Component
final class Preview {
    private static final String NOT_ASKED =
            "the model was not asked about this; a preview pays for nothing, a new analysis asks it";

    private final StoredStream stored;
    private final HighlightStore highlights;

    Preview(StoredStream stored, HighlightStore highlights) {
        this.stored = stored;
        this.highlights = highlights;
    }

    /** Fails with {@link ErrorCode#PROCESSING_ERROR} when nothing of the stream is measured. */
    Mono<PreviewResponse> of(StreamRow stream, Revision revision) {
        double duration = stream.duration() == null ? 0 : stream.duration();
        Mono<Measured> measured = stored.measured(
                        stream.ref(), told(stream), duration, Decision.looksAt(revision.chain()))
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        ErrorCode.PROCESSING_ERROR,
                        "Nothing of the stream has been measured"
                                + (stream.status().isTerminal()
                                        ? "; there is nothing to score."
                                        : " yet; try again when it has."))));
        return Mono.zip(measured, asked(stream), standing(stream), stored.comparisons(stream.ref()))
                .publishOn(Schedulers.boundedElastic())
                .map(all -> decide(stream, revision, all.getT1(), all.getT2(), all.getT3(), all.getT4()));
    }

    /** While a stream is under way its progress lags behind its signals. */
    private static double told(StreamRow stream) {
        return stream.status().isTerminal() ? stream.progress().currentTimestamp() : 0;
    }

    private Mono<AskedModel> asked(StreamRow stream) {
        return stored.chain(stream.ref(), stream.options())
                .flatMap(chain -> stored.answers(stream.ref(), chain.first().definition(), NOT_ASKED));
    }

    private Mono<List<Difference.Moment>> standing(StreamRow stream) {
        return highlights
                .all(stream.ref())
                .map(all -> all.stream().map(HighlightRow::moment).toList());
    }

    private static PreviewResponse decide(
            StreamRow stream,
            Revision revision,
            Measured measured,
            AskedModel asked,
            List<Difference.Moment> standing,
            List<Comparison> comparisons) {
        List<TimeRange> wanted = wanted(measured, revision);
        Decision decision = Decision.over(
                measured.signals(),
                measured.duration(),
                revision.chain(),
                revision.options(),
                new AskedModel(
                        asked.set(), asked.modules(), asked.scores().elsewhere(wanted, NOT_ASKED), asked.transcript()),
                comparisons);
        double open = asked
                .open(
                        wanted,
                        revision.chain().first().definition(),
                        revision.options().modules(),
                        measured.signals())
                .stream()
                .mapToDouble(TimeRange::duration)
                .sum();
        return PreviewResponse.of(stream, revision, open, decision, Difference.between(standing, decision.selection()));
    }

    /** What a new analysis would ask the model about: along the first set, whichever scores in the end. */
    private static List<TimeRange> wanted(Measured measured, Revision revision) {
        DimensionSet set = revision.chain().first().definition();
        return WindowPlan.of(measured.signals(), measured.duration(), set, revision.options()).stream()
                .map(Window::range)
                .toList();
    }
}
