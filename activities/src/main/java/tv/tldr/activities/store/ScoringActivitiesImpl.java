package tv.tldr.activities.store;

import static java.util.stream.Collectors.joining;

import io.temporal.spring.boot.ActivityImpl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.workflows.TaskQueues;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.activity.ScoringActivities;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.asking.Window;
import tv.tldr.workflows.asking.WindowPlan;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.scoring.DimensionSetChain.Choice;
import tv.tldr.workflows.scoring.DimensionSetVersion;
import tv.tldr.workflows.scoring.ModelAnswer;
import tv.tldr.workflows.scoring.ModelScores;
import tv.tldr.workflows.scoring.ModelScores.Degraded;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.scoring.RuleScorer;
import tv.tldr.workflows.scoring.Scoring;
import tv.tldr.workflows.selection.Candidate;
import tv.tldr.workflows.selection.HighlightSelection;
import tv.tldr.workflows.selection.Selection;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;

/** Carries signals to the pure selection and its decisions to the ledger; decides nothing itself. */
@Component
@ActivityImpl(workers = TaskQueues.STREAMS)
public final class ScoringActivitiesImpl implements ScoringActivities {
    private final StreamStore streams;
    private final SignalStore signals;
    private final CandidateStore candidates;
    private final AskingStore asking;

    ScoringActivitiesImpl(StreamStore streams, SignalStore signals, CandidateStore candidates, AskingStore asking) {
        this.streams = streams;
        this.signals = signals;
        this.candidates = candidates;
        this.asking = asking;
    }

    @Override
    public Planned planWindows(PlanWindows command) {
        return ActivityFailures.classify("planning what the model is asked", () -> {
            int planned = plan(command.stream()).size();
            return new Planned(planned > 0 ? planned : makePlan(command).size());
        });
    }

    private List<Window> makePlan(PlanWindows command) {
        Signals whole = signals(command.stream(), command.duration());
        DimensionSet set = chain(command.stream(), command.options()).first().definition();
        Awaited.of(
                "writing down what the model is asked",
                asking.save(command.stream(), WindowPlan.of(whole, command.duration(), set, command.options())));
        return plan(command.stream());
    }

    private List<Window> plan(StreamRef stream) {
        return Awaited.of("looking what the model is asked", asking.load(stream).collectList())
                .orElse(List.of());
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
        Signals whole = signals(command.stream(), command.duration());
        ModelScores model = model(command);
        Scoring how =
                new Scoring(command.options().strategy(), command.options().fusion(), model);
        return switch (chain(command.stream(), command.options())
                .choose(set -> RuleScorer.score(whole, set, how).dimensionsScored())) {
            case Choice.Chosen chosen ->
                write(
                        command.stream(),
                        chosen.set().definition().id(),
                        HighlightSelection.select(
                                whole, command.duration(), chosen.set().definition(), command.options(), model));
            case Choice.TooFewDimensions none -> write(command.stream(), null, new Selection(List.of(), none.reason()));
        };
    }

    /** What the model said, and why it said nothing of the windows that it was to be asked about. */
    private ModelScores model(SelectHighlights command) {
        if (!command.options().strategy().asksModel()) {
            return ModelScores.NONE;
        }
        Map<Integer, WindowAnswer> answers = Awaited.of(
                        "reading the answers", asking.answers(command.stream()).collectMap(WindowAnswer::window))
                .orElse(Map.of());
        List<ModelAnswer> answered = new ArrayList<>();
        List<Degraded> degraded = new ArrayList<>();
        for (Window window : plan(command.stream())) {
            WindowAnswer answer = answers.get(window.number());
            if (answer != null && answer.moments() != null) {
                answered.add(new ModelAnswer(window.range(), answer.moments()));
            } else {
                degraded.add(new Degraded(window.range(), why(answer, command.givenUp())));
            }
        }
        return new ModelScores(answered, degraded);
    }

    private static String why(@Nullable WindowAnswer answer, @Nullable String givenUp) {
        if (answer != null && answer.reason() != null) {
            return answer.reason();
        }
        return givenUp == null ? "the stream was stopped before the model was asked" : givenUp;
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

    /** As the stream was submitted; streams of before have the preset of their options. */
    private DimensionSetChain chain(StreamRef stream, StreamOptions options) {
        return Awaited.of("reading the dimension set", streams.dimensionSet(stream))
                .orElseGet(() -> preset(options.dimensionSetId()));
    }

    private static DimensionSetChain preset(String id) {
        return Preset.named(id)
                .map(preset -> DimensionSetChain.of(DimensionSetVersion.of(preset)))
                .orElseThrow(() -> ActivityFailures.permanent(
                        FailureType.PROCESSING_ERROR,
                        "there is no dimension set \"" + id + "\"; choose one of "
                                + Arrays.stream(Preset.values())
                                        .map(Preset::wire)
                                        .collect(joining(", "))));
    }
}
