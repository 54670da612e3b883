package tv.tldr.activities.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.asking.Window;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.scoring.DimensionSetChain.Choice;
import tv.tldr.workflows.scoring.ModelAnswer;
import tv.tldr.workflows.scoring.ModelScores;
import tv.tldr.workflows.scoring.ModelScores.Degraded;
import tv.tldr.workflows.scoring.RuleScorer;
import tv.tldr.workflows.scoring.Scoring;
import tv.tldr.workflows.selection.Candidate;
import tv.tldr.workflows.selection.Comparison;
import tv.tldr.workflows.selection.Finalists;
import tv.tldr.workflows.selection.HighlightSelection;
import tv.tldr.workflows.selection.Selection;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;

/** What is a stream scored from, of all that is stored? Waits for the database; activities only. */
public final class StoredScoring {
    private final StoredStream stored;
    private final AskingStore asking;
    private final ComparisonStore comparisons;

    StoredScoring(StoredStream stored, AskingStore asking, ComparisonStore comparisons) {
        this.stored = stored;
        this.asking = asking;
        this.comparisons = comparisons;
    }

    /** Can the stream be scored, and from what? */
    public sealed interface Basis {}

    /**
     * All that a selection needs.
     *
     * @param set the first of the stream's sets that can score it
     * @param model what the model said, when it was asked about that set
     * @param comparisons of finalists, the latest first; which of them counts the selection decides
     */
    public record Scorable(
            Signals signals,
            double duration,
            DimensionSet set,
            StreamOptions options,
            ModelScores model,
            List<Comparison> comparisons)
            implements Basis {
        Selection select() {
            return HighlightSelection.select(signals, duration, set, options, model, comparisons);
        }

        /** The moments that the model is to compare before {@link #select}, or would have been. */
        public List<Candidate> finalists() {
            return Finalists.of(signals, duration, set, options, model);
        }
    }

    /** None of the sets finds the dimensions that it requires. */
    public record TooFewDimensions(String reason) implements Basis {}

    /**
     * Reads all of it.
     *
     * @param duration seconds of the stream that are recorded and measured
     * @param givenUp why windows without an answer have none; null when all were asked about
     */
    public Basis of(StreamRef stream, double duration, StreamOptions options, @Nullable String givenUp) {
        Signals whole = stored.signals(stream, duration);
        DimensionSetChain chain = stored.chain(stream, options);
        DimensionSet asked = chain.first().definition();
        ModelScores answers = model(stream, options, givenUp);
        // A set that is fallen back on was not asked about.
        Function<DimensionSet, ModelScores> model = set -> set.equals(asked) ? answers : ModelScores.NONE;
        return switch (chain.choose(set -> scored(whole, set, options, model.apply(set)))) {
            case Choice.Chosen chosen -> {
                DimensionSet set = chosen.set().definition();
                yield new Scorable(whole, duration, set, options, model.apply(set), comparisons(stream, options));
            }
            case Choice.TooFewDimensions none -> new TooFewDimensions(none.reason());
        };
    }

    private static int scored(Signals whole, DimensionSet set, StreamOptions options, ModelScores model) {
        return RuleScorer.score(whole, set, new Scoring(options.strategy(), options.fusion(), model))
                .dimensionsScored();
    }

    private List<Comparison> comparisons(StreamRef stream, StreamOptions options) {
        if (!options.strategy().asksModel()) {
            return List.of();
        }
        return Awaited.of("reading what was compared", comparisons.list(stream).collectList())
                .orElse(List.of())
                .stream()
                .map(AskedComparison::meaning)
                .flatMap(Optional::stream)
                .toList();
    }

    /** What the model said, and why it said nothing of the windows that it was to be asked about. */
    private ModelScores model(StreamRef stream, StreamOptions options, @Nullable String givenUp) {
        if (!options.strategy().asksModel()) {
            return ModelScores.NONE;
        }
        Map<Integer, WindowAnswer> answers = Awaited.of(
                        "reading the answers", asking.answers(stream).collectMap(WindowAnswer::window))
                .orElse(Map.of());
        List<ModelAnswer> answered = new ArrayList<>();
        List<Degraded> degraded = new ArrayList<>();
        for (Window window : plan(stream)) {
            WindowAnswer answer = answers.get(window.number());
            if (answer != null && answer.moments() != null) {
                answered.add(new ModelAnswer(window.range(), answer.moments()));
            }
            why(answer, givenUp).ifPresent(reason -> degraded.add(new Degraded(window.range(), reason)));
        }
        return new ModelScores(answered, degraded);
    }

    /** What the model is asked about, in the order of asking; empty when nothing is planned. */
    List<Window> plan(StreamRef stream) {
        return Awaited.of("looking what the model is asked", asking.load(stream).collectList())
                .orElse(List.of());
    }

    private static Optional<String> why(@Nullable WindowAnswer answer, @Nullable String givenUp) {
        return answer == null
                ? Optional.of(givenUp == null ? "the stream was stopped before the model was asked" : givenUp)
                : Optional.ofNullable(answer.reason());
    }
}
