package tv.tldr.activities.store;

import io.temporal.spring.boot.ActivityImpl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.workflows.TaskQueues;
import tv.tldr.workflows.activity.ScoringActivities;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.asking.Window;
import tv.tldr.workflows.asking.WindowPlan;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.scoring.DimensionSetChain.Choice;
import tv.tldr.workflows.scoring.ModelAnswer;
import tv.tldr.workflows.scoring.ModelScores;
import tv.tldr.workflows.scoring.ModelScores.Degraded;
import tv.tldr.workflows.scoring.RuleScorer;
import tv.tldr.workflows.scoring.Scoring;
import tv.tldr.workflows.selection.Candidate;
import tv.tldr.workflows.selection.HighlightSelection;
import tv.tldr.workflows.selection.Selection;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.transcript.Transcript;

/** Carries signals to the pure selection and its decisions to the ledger; decides nothing itself. */
@Component
@ActivityImpl(workers = TaskQueues.STREAMS)
public final class ScoringActivitiesImpl implements ScoringActivities {
    private final StreamStore streams;
    private final StoredStream stored;
    private final CandidateStore candidates;
    private final AskingStore asking;

    ScoringActivitiesImpl(StreamStore streams, StoredStream stored, CandidateStore candidates, AskingStore asking) {
        this.streams = streams;
        this.stored = stored;
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
        Signals whole = stored.signals(command.stream(), command.duration());
        DimensionSet set =
                stored.chain(command.stream(), command.options()).first().definition();
        Awaited.of(
                "writing down what the model is asked",
                asking.save(command.stream(), WindowPlan.of(whole, command.duration(), set, command.options())));
        return plan(command.stream());
    }

    private List<Window> plan(StreamRef stream) {
        return Awaited.of("looking what the model is asked", asking.load(stream).collectList())
                .orElse(List.of());
    }

    @Override
    public Selected selectHighlights(SelectHighlights command) {
        return ActivityFailures.classify("choosing the moments", () -> select(command));
    }

    private Selected select(SelectHighlights command) {
        Signals whole = stored.signals(command.stream(), command.duration());
        DimensionSetChain chain = stored.chain(command.stream(), command.options());
        DimensionSet asked = chain.first().definition();
        Map<Integer, WindowAnswer> windows = answers(command.stream());
        ModelScores answers = model(command, windows);
        Transcript transcript =
                windows.values().stream().map(WindowAnswer::transcript).reduce(Transcript.EMPTY, Transcript::and);
        // A set that is fallen back on was not asked about.
        Function<DimensionSet, ModelScores> model = set -> set.equals(asked) ? answers : ModelScores.NONE;
        return switch (chain.choose(set -> scored(whole, set, command.options(), model.apply(set)))) {
            case Choice.Chosen chosen -> {
                DimensionSet set = chosen.set().definition();
                yield write(
                        command.stream(),
                        set.id(),
                        HighlightSelection.select(
                                whole, command.duration(), set, command.options(), model.apply(set), transcript));
            }
            case Choice.TooFewDimensions none -> write(command.stream(), null, new Selection(List.of(), none.reason()));
        };
    }

    private static int scored(Signals whole, DimensionSet set, StreamOptions options, ModelScores model) {
        return RuleScorer.score(whole, set, new Scoring(options.strategy(), options.fusion(), model))
                .dimensionsScored();
    }

    /** What the model said, and why it said nothing of the windows that it was to be asked about. */
    private ModelScores model(SelectHighlights command, Map<Integer, WindowAnswer> answers) {
        if (!command.options().strategy().asksModel()) {
            return ModelScores.NONE;
        }
        List<ModelAnswer> answered = new ArrayList<>();
        List<Degraded> degraded = new ArrayList<>();
        for (Window window : plan(command.stream())) {
            WindowAnswer answer = answers.get(window.number());
            if (answer != null && answer.moments() != null) {
                answered.add(new ModelAnswer(window.range(), answer.moments()));
            }
            why(answer, command.givenUp()).ifPresent(reason -> degraded.add(new Degraded(window.range(), reason)));
        }
        return new ModelScores(answered, degraded);
    }

    private Map<Integer, WindowAnswer> answers(StreamRef stream) {
        return Awaited.of("reading the answers", asking.answers(stream).collectMap(WindowAnswer::window))
                .orElse(Map.of());
    }

    private static Optional<String> why(@Nullable WindowAnswer answer, @Nullable String givenUp) {
        return answer == null
                ? Optional.of(givenUp == null ? "the stream was stopped before the model was asked" : givenUp)
                : Optional.ofNullable(answer.reason());
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
