package tv.tldr.workflows.scoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.stream.TimeRange;

/**
 * Everything that the model said about a stream, and where it could not say all that it was to be asked for.
 *
 * @param answers one for each answered window
 * @param degraded the windows that rules score in its place, or of which it saw less
 */
public record ModelScores(List<ModelAnswer> answers, List<Degraded> degraded) {
    /** The model was not asked. */
    public static final ModelScores NONE = new ModelScores(List.of(), List.of());

    /**
     * A window without the answer that was wanted, or with one that rests on less.
     *
     * @param window stream time, seconds
     * @param reason why, in one sentence for the customer
     */
    public record Degraded(TimeRange window, String reason) {}

    public ModelScores {
        answers = List.copyOf(answers);
        degraded = List.copyOf(degraded);
    }

    /** The same, with rules scoring for {@code reason} wherever in {@code wanted} nothing was said or tried. */
    public ModelScores elsewhere(List<TimeRange> wanted, String reason) {
        List<Degraded> all = new ArrayList<>(degraded);
        List<TimeRange> known = Stream.concat(
                        answers.stream().map(ModelAnswer::window),
                        degraded.stream().map(Degraded::window))
                .toList();
        wanted.stream()
                .flatMap(range -> range.without(known).stream())
                .forEach(gap -> all.add(new Degraded(gap, reason)));
        return new ModelScores(answers, all);
    }

    /** The best moment that the model picked around {@code second} of stream time: the one with the highest score of any dimension. */
    public Optional<ModelMoment> momentAt(double second) {
        return answers.stream()
                .flatMap(answer -> answer.moments().stream())
                .filter(moment -> moment.range().start() <= second
                        && second < moment.range().end())
                .max(Comparator.comparingDouble(ModelScores::highest));
    }

    private static double highest(ModelMoment moment) {
        return moment.scores().values().stream()
                .mapToDouble(ModelScore::score)
                .max()
                .orElse(0);
    }

    /** Why {@code second} was not scored by the model as it should have been; empty when it was or need not be. */
    public Optional<String> degradedAt(double second) {
        return degraded.stream()
                .filter(one ->
                        one.window().start() <= second && second < one.window().end())
                .map(Degraded::reason)
                .findFirst();
    }

    /** What was said along {@code dimension}, second by second: of moments, and nothing of the rest of what was looked at. */
    ModelCurve curve(String dimension, int seconds) {
        @Nullable ModelScore[] scores = new ModelScore[seconds];
        for (ModelAnswer answer : answers) {
            for (ModelMoment moment : answer.moments()) {
                ModelScore said = moment.scores().get(dimension);
                if (said != null) {
                    fill(scores, moment.range(), said);
                }
            }
        }
        // Last, since a score of 0 that was given has a sentence and a confidence of its own.
        for (ModelAnswer answer : answers) {
            fill(scores, answer.window(), ModelScore.NOTHING);
            answer.moments().forEach(moment -> fill(scores, moment.range(), ModelScore.NOTHING));
        }
        return new ModelCurve(scores);
    }

    /** In every second whose middle lies in {@code range} and that has nothing as high. */
    private static void fill(@Nullable ModelScore[] scores, TimeRange range, ModelScore score) {
        int from = (int) Math.max(0, Math.ceil(range.start() - 0.5));
        int to = (int) Math.min(scores.length, Math.ceil(range.end() - 0.5));
        for (int second = from; second < to; second++) {
            ModelScore there = scores[second];
            if (there == null || there.score() < score.score()) {
                scores[second] = score;
            }
        }
    }
}
