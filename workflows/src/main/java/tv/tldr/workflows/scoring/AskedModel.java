package tv.tldr.workflows.scoring;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.transcript.Transcript;

/**
 * What the model said about a stream, and along which dimensions it was asked.
 *
 * @param set whose dimensions it was asked about
 * @param scores what it said of them
 * @param transcript what it heard and, where it heard nothing, what a recogniser did
 */
public record AskedModel(DimensionSet set, ModelScores scores, Transcript transcript) {
    /**
     * What of it counts for {@code other}: everything when the model was asked the same about each of its dimensions, whatever
     * they weigh; else nothing, and the whole stream says why.
     *
     * @param duration seconds of the stream
     */
    public ModelScores along(DimensionSet other, double duration) {
        if (other.askedDimensions().stream().allMatch(this::wasAsked) || scores.equals(ModelScores.NONE)) {
            return scores;
        }
        return ModelScores.NONE.elsewhere(
                List.of(new TimeRange(0, duration)),
                "the model was asked along the dimensions of " + set.id() + " as they were, not along these of "
                        + other.id());
    }

    /**
     * What of {@code wanted} would be asked about along {@code other}: all but the stretches that the model has answered
     * along just these dimensions, and of which it saw everything. An answer about another stretch is an answer to another
     * question.
     */
    public List<TimeRange> open(List<TimeRange> wanted, DimensionSet other) {
        boolean same = other.askedDimensions().size() == set.askedDimensions().size()
                && other.askedDimensions().stream().allMatch(this::wasAsked);
        Set<TimeRange> answered =
                scores.answers().stream().map(ModelAnswer::window).collect(Collectors.toSet());
        scores.degraded().forEach(less -> answered.remove(less.window()));
        return wanted.stream()
                .filter(range -> !same || !answered.contains(range))
                .toList();
    }

    private boolean wasAsked(Dimension wanted) {
        return set.askedDimensions().stream().anyMatch(wanted::asksTheSameAs);
    }
}
