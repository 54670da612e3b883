package tv.tldr.activities.store;

import io.temporal.spring.boot.ActivityImpl;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.workflows.TaskQueues;
import tv.tldr.workflows.activity.ScoringActivities;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.asking.Window;
import tv.tldr.workflows.asking.WindowPlan;
import tv.tldr.workflows.scoring.AskedModel;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.selection.Comparison;
import tv.tldr.workflows.selection.Decision;
import tv.tldr.workflows.selection.Finalists;
import tv.tldr.workflows.selection.Selection;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;

/** Carries signals to the pure selection and its decisions to the ledger; decides nothing itself. */
@Component
@ActivityImpl(workers = TaskQueues.STREAMS)
public final class ScoringActivitiesImpl implements ScoringActivities {
    private static final String STOPPED = "the stream was stopped before the model was asked";

    private final StreamStore streams;
    private final StoredStream stored;
    private final CandidateStore candidates;
    private final AskingStore asking;
    private final HighlightStore highlights;

    ScoringActivitiesImpl(
            StreamStore streams,
            StoredStream stored,
            CandidateStore candidates,
            AskingStore asking,
            HighlightStore highlights) {
        this.streams = streams;
        this.stored = stored;
        this.candidates = candidates;
        this.asking = asking;
        this.highlights = highlights;
    }

    @Override
    public Planned planWindows(PlanWindows command) {
        return ActivityFailures.classify("planning what the model is asked", () -> {
            boolean planned = Awaited.of(
                            "looking whether it is planned what the model is asked", asking.isPlanned(command.stream()))
                    .orElseThrow();
            return new Planned((planned ? plan(command.stream()) : makePlan(command)).size());
        });
    }

    private List<Window> plan(StreamRef stream) {
        return Awaited.of("looking what the model is asked", stored.plan(stream))
                .orElse(List.of());
    }

    private List<Window> makePlan(PlanWindows command) {
        StreamRef stream = command.stream();
        Signals whole = signals(stream, command.duration());
        DimensionSet set = chain(stream, command.options()).first().definition();
        Awaited.of(
                "writing down what the model is asked",
                asking.save(
                        stream,
                        set,
                        command.options().modules(),
                        WindowPlan.of(whole, command.duration(), set, command.options())));
        return plan(stream);
    }

    private Signals signals(StreamRef stream, double duration) {
        return Awaited.of("reading the signals", stored.signals(stream, duration))
                .orElseThrow();
    }

    private DimensionSetChain chain(StreamRef stream, StreamOptions options) {
        return Awaited.of("reading the dimension set", stored.chain(stream, options))
                .orElseThrow();
    }

    @Override
    public Selected selectHighlights(SelectHighlights command) {
        return ActivityFailures.classify("choosing the moments", () -> select(command));
    }

    private Selected select(SelectHighlights command) {
        StreamRef stream = command.stream();
        Signals whole = signals(stream, command.duration());
        DimensionSetChain chain = chain(stream, command.options());
        AskedModel said = answers(command, chain.first().definition());
        List<Comparison> compared = Awaited.of("reading what was compared", stored.comparisons(stream))
                .orElse(List.of());
        Decision decision = Decision.over(whole, command.duration(), chain, command.options(), said, compared);
        String notCompared = command.notCompared();
        return write(
                stream,
                decision.set(),
                notCompared == null
                        ? decision.selection()
                        : Finalists.notCompared(
                                decision.selection(),
                                Finalists.of(whole, command.duration(), chain, command.options(), said),
                                notCompared));
    }

    private AskedModel answers(SelectHighlights command, DimensionSet asked) {
        String unanswered = command.givenUp() == null ? STOPPED : command.givenUp();
        return Awaited.of("reading the answers", stored.answers(command.stream(), asked, unanswered))
                .orElseThrow();
    }

    private Selected write(StreamRef stream, @Nullable String set, Selection selection) {
        Awaited.of(
                "writing down the candidates",
                candidates.replace(stream, selection.candidates()).then(streams.markScoredWith(stream, set)));
        List<HighlightRow> standing = Awaited.of("reading the highlights that stand", highlights.all(stream))
                .orElse(List.of());
        List<Moment> moments = Continuation.of(selection, standing);
        return new Selected(moments, selection.candidates().size() - moments.size(), selection.emptyReason());
    }
}
