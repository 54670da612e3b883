package tv.tldr.activities.store;

import static java.util.stream.Collectors.joining;

import io.temporal.spring.boot.ActivityImpl;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Component;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.workflows.TaskQueues;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.activity.ScoringActivities;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.asking.Window;
import tv.tldr.workflows.asking.WindowPlan;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.selection.Candidate;
import tv.tldr.workflows.selection.HighlightSelection;
import tv.tldr.workflows.selection.Selection;
import tv.tldr.workflows.signal.Signals;

/** Carries signals to the pure selection and its decisions to the ledger; decides nothing itself. */
@Component
@ActivityImpl(workers = TaskQueues.STREAMS)
public final class ScoringActivitiesImpl implements ScoringActivities {
    private final SignalStore signals;
    private final CandidateStore candidates;
    private final AskingStore plans;

    ScoringActivitiesImpl(SignalStore signals, CandidateStore candidates, AskingStore plans) {
        this.signals = signals;
        this.candidates = candidates;
        this.plans = plans;
    }

    @Override
    public Planned planWindows(PlanWindows command) {
        return ActivityFailures.classify("planning what the model is asked", () -> {
            int planned = plan(command.stream());
            if (planned > 0) {
                return new Planned(planned);
            }
            Signals whole = signals(command.stream(), command.duration());
            DimensionSet set = dimensionSet(command.options().dimensionSetId());
            List<Window> windows = WindowPlan.of(whole, command.duration(), set, command.options());
            Awaited.of("writing down what the model is asked", plans.save(command.stream(), windows));
            return new Planned(plan(command.stream()));
        });
    }

    private int plan(StreamRef stream) {
        return Awaited.of(
                        "looking what the model is asked",
                        plans.load(stream).collectList())
                .orElse(List.of())
                .size();
    }

    private Signals signals(StreamRef stream, double duration) {
        List<Signals> segments = Awaited.of(
                        "reading the signals", signals.load(stream).collectList())
                .orElse(List.of());
        return Signals.join((int) Math.ceil(duration), segments);
    }

    @Override
    public Selected selectHighlights(SelectHighlights command) {
        return ActivityFailures.classify("choosing the moments", () -> select(command));
    }

    private Selected select(SelectHighlights command) {
        DimensionSet set = dimensionSet(command.options().dimensionSetId());
        Signals whole = signals(command.stream(), command.duration());
        Selection selection = HighlightSelection.select(whole, command.duration(), set, command.options());
        Awaited.of("writing down the candidates", candidates.replace(command.stream(), selection.candidates()));
        List<Moment> moments =
                selection.kept().stream().map(ScoringActivitiesImpl::moment).toList();
        return new Selected(moments, selection.candidates().size() - moments.size(), selection.emptyReason());
    }

    private static Moment moment(Candidate kept) {
        return new Moment(kept.number(), kept.range(), kept.peak(), kept.confidence(), kept.type());
    }

    private static DimensionSet dimensionSet(String id) {
        return Preset.named(id)
                .map(Preset::dimensionSet)
                .orElseThrow(() -> ActivityFailures.permanent(
                        FailureType.PROCESSING_ERROR,
                        "there is no dimension set \"" + id + "\"; choose one of "
                                + Arrays.stream(Preset.values())
                                        .map(Preset::wire)
                                        .collect(joining(", "))));
    }
}
