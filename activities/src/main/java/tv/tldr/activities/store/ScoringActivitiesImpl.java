package tv.tldr.activities.store;

import io.temporal.spring.boot.ActivityImpl;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.activities.store.StoredScoring.Basis;
import tv.tldr.activities.store.StoredScoring.Scorable;
import tv.tldr.activities.store.StoredScoring.TooFewDimensions;
import tv.tldr.workflows.TaskQueues;
import tv.tldr.workflows.activity.ScoringActivities;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.asking.Window;
import tv.tldr.workflows.asking.WindowPlan;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.selection.Candidate;
import tv.tldr.workflows.selection.Finalists;
import tv.tldr.workflows.selection.Selection;
import tv.tldr.workflows.signal.Signals;

/** Carries signals to the pure selection and its decisions to the ledger; decides nothing itself. */
@Component
@ActivityImpl(workers = TaskQueues.STREAMS)
public final class ScoringActivitiesImpl implements ScoringActivities {
    private final StreamStore streams;
    private final StoredStream stored;
    private final CandidateStore candidates;
    private final AskingStore asking;
    private final StoredScoring scoring;

    ScoringActivitiesImpl(
            StreamStore streams,
            StoredStream stored,
            CandidateStore candidates,
            AskingStore asking,
            StoredScoring scoring) {
        this.streams = streams;
        this.stored = stored;
        this.candidates = candidates;
        this.asking = asking;
        this.scoring = scoring;
    }

    @Override
    public Planned planWindows(PlanWindows command) {
        return ActivityFailures.classify("planning what the model is asked", () -> {
            int planned = scoring.plan(command.stream()).size();
            return new Planned(planned > 0 ? planned : makePlan(command).size());
        });
    }

    private List<Window> makePlan(PlanWindows command) {
        Signals whole = stored.signals(command.stream(), command.duration());
        DimensionSet set =
                stored.chain(command.stream(), command.options()).first().definition();
        Awaited.of(
                "writing down what the model is asked",
                asking.save(command.stream(), WindowPlan.of(whole, command.duration(), set, command.options())));
        return scoring.plan(command.stream());
    }

    @Override
    public Selected selectHighlights(SelectHighlights command) {
        return ActivityFailures.classify("choosing the moments", () -> select(command));
    }

    private Selected select(SelectHighlights command) {
        Basis basis = scoring.of(command.stream(), command.duration(), command.options(), command.givenUp());
        return switch (basis) {
            case Scorable scorable ->
                write(command.stream(), scorable.set().id(), selection(scorable, command.notCompared()));
            case TooFewDimensions none -> write(command.stream(), null, new Selection(List.of(), none.reason()));
        };
    }

    private static Selection selection(Scorable scorable, @Nullable String notCompared) {
        Selection selection = scorable.select();
        return notCompared == null ? selection : Finalists.notCompared(selection, scorable.finalists(), notCompared);
    }

    private Selected write(StreamRef stream, @Nullable String set, Selection selection) {
        Awaited.of(
                "writing down the candidates",
                candidates.replace(stream, selection.candidates()).then(streams.markScoredWith(stream, set)));
        List<Moment> moments =
                selection.kept().stream().map(ScoringActivitiesImpl::moment).toList();
        return new Selected(moments, selection.candidates().size() - moments.size(), selection.emptyReason());
    }

    private static Moment moment(Candidate kept) {
        return new Moment(kept.number(), kept.range(), kept.peak(), kept.confidence(), kept.type());
    }
}
