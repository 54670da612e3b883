package tv.tldr.activities.asking;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.gemini.AskedKey;
import tv.tldr.activities.gemini.Finalist;
import tv.tldr.workflows.scoring.Contribution;
import tv.tldr.workflows.selection.Candidate;
import tv.tldr.workflows.selection.Finalists;
import tv.tldr.workflows.selection.Said;

/** What is the model told of the moments that it compares? Numbered from 1, the strongest first. Pure. */
public final class FinalistQuestion {
    /** Of a moment that the model said nothing of, so many reasons of the rules are told. */
    private static final int MOST_REASONS = 3;

    private final List<Candidate> candidates;
    private final boolean pictures;
    private final boolean muted;

    /**
     * @param pictures whether the recording has a picture to show
     * @param muted whether it has sound that does not count
     */
    public FinalistQuestion(List<Candidate> candidates, boolean pictures, boolean muted) {
        this.candidates = candidates;
        this.pictures = pictures;
        this.muted = muted;
    }

    public List<Candidate> candidates() {
        return candidates;
    }

    /** The seconds of the peaks, in the order of the numbers. */
    public List<Integer> seconds() {
        return Finalists.seconds(candidates);
    }

    /** @param picture of the finalist of that number; null: it is compared by its words alone */
    public List<Finalist> finalists(IntFunction<@Nullable Path> picture) {
        List<Finalist> finalists = new ArrayList<>();
        for (Candidate candidate : candidates) {
            int number = finalists.size() + 1;
            Said said = candidate.said();
            Map<String, Double> scores = new LinkedHashMap<>();
            candidate.dimensions().forEach((id, score) -> {
                if (score.confidence() > 0) {
                    scores.put(id, rounded(score.score()));
                }
            });
            finalists.add(new Finalist(
                    number,
                    said == null ? candidate.type() : said.title(),
                    said == null ? measured(candidate) : said.reason(),
                    scores,
                    picture.apply(number)));
        }
        return finalists;
    }

    /** Known before anything is cut, so that what was compared before costs nothing. */
    public AskedKey key(String model) {
        return AskedKey.of(model, seconds(), finalists(number -> null), pictures, muted);
    }

    private static String measured(Candidate candidate) {
        return candidate.reasons().stream()
                .limit(MOST_REASONS)
                .map(Contribution::text)
                .collect(joining("; "));
    }

    private static double rounded(double score) {
        return Math.round(score * 100) / 100.0;
    }
}
