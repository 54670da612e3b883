package tv.tldr.workflows.scoring;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.transcript.Transcript;

/**
 * What the model said about a stream, and about what it was asked.
 *
 * @param set whose dimensions it was asked about
 * @param modules what of the stream it was shown, and which of those dimensions it was asked about with that
 * @param scores what it said of them
 * @param transcript what it heard and, where it heard nothing, what a recogniser did
 */
public record AskedModel(DimensionSet set, ProcessingModules modules, ModelScores scores, Transcript transcript) {
    /**
     * What of it counts for {@code other}: everything when the model was asked the same about each of its dimensions, whatever
     * they weigh, and was shown the same; else nothing, and the whole stream says why.
     *
     * @param wanted what it would be shown
     * @param source what is there to show
     * @param duration seconds of the stream
     */
    public ModelScores along(DimensionSet other, ProcessingModules wanted, Signals source, double duration) {
        if (scores.equals(ModelScores.NONE)) {
            return scores;
        }
        List<TimeRange> all = List.of(new TimeRange(0, duration));
        if (!modules.showsAsMuchAs(wanted, source)) {
            return ModelScores.NONE.elsewhere(
                    all, "the model was asked with other processing modules, so that it saw or heard something else");
        }
        List<Dimension> dimensions = other.askedDimensions(wanted);
        if (dimensions.stream().allMatch(this::wasAsked)) {
            return scores;
        }
        // Of a source without sound the same is shown with sound on and off, but not the same is asked.
        boolean leftOut = dimensions.stream().allMatch(dimension -> wasAsked(dimension) || isLeftOut(dimension));
        return ModelScores.NONE.elsewhere(
                all,
                leftOut
                        ? "the model was asked with other processing modules, so that it was not asked about all of "
                                + other.id()
                        : "the model was asked along the dimensions of " + set.id()
                                + " as they were, not along these of " + other.id());
    }

    /**
     * What of {@code wanted} would be asked about along {@code other}: all but the stretches that the model has answered
     * along just these dimensions, shown the same, and of which it saw everything. An answer about another stretch is an
     * answer to another question.
     *
     * @param others what it would be shown
     * @param source what is there to show
     */
    public List<TimeRange> open(List<TimeRange> wanted, DimensionSet other, ProcessingModules others, Signals source) {
        List<Dimension> dimensions = other.askedDimensions(others);
        boolean same = modules.showsAsMuchAs(others, source)
                && dimensions.size() == set.askedDimensions(modules).size()
                && dimensions.stream().allMatch(this::wasAsked);
        Set<TimeRange> answered =
                scores.answers().stream().map(ModelAnswer::window).collect(Collectors.toSet());
        scores.degraded().forEach(less -> answered.remove(less.window()));
        return wanted.stream()
                .filter(range -> !same || !answered.contains(range))
                .toList();
    }

    /** Whether it is one of the set's that the model was not asked about because of the modules. */
    private boolean isLeftOut(Dimension wanted) {
        return set.askedDimensions(ProcessingModules.ALL).stream().anyMatch(wanted::asksTheSameAs);
    }

    private boolean wasAsked(Dimension wanted) {
        return set.askedDimensions(modules).stream().anyMatch(wanted::asksTheSameAs);
    }
}
