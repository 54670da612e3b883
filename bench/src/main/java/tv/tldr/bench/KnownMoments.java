package tv.tldr.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tv.tldr.activities.gemini.Answer;
import tv.tldr.activities.gemini.Answer.Moment;
import tv.tldr.activities.gemini.Answer.Score;
import tv.tldr.activities.gemini.AskedDimension;
import tv.tldr.activities.gemini.Question;
import tv.tldr.activities.gemini.Ranking;
import tv.tldr.activities.gemini.Ranking.Place;
import tv.tldr.activities.gemini.Unit;
import tv.tldr.workflows.selection.Candidate;
import tv.tldr.workflows.stream.TimeRange;

/**
 * What would a model answer that sees what the labels beside a video say? It picks the units that a labelled span fills, or
 * that hold most of it, and sees nothing in all others.
 */
record KnownMoments(List<TimeRange> spans) {
    private static final double HIGH = 0.9;
    private static final double ENOUGH = 0.5;

    /** Those of {@code match.labels.json} for {@code match.mp4}; none when there is no such file. */
    static KnownMoments beside(Path video) throws IOException {
        Path labels = video.resolveSibling(video.getFileName().toString().replaceFirst("\\.[^.]*$", ".labels.json"));
        List<TimeRange> spans = new ArrayList<>();
        if (Files.exists(labels)) {
            for (JsonNode span : new ObjectMapper().readTree(labels.toFile())) {
                spans.add(new TimeRange(
                        span.path("start").asDouble(), span.path("end").asDouble()));
            }
        }
        return new KnownMoments(spans);
    }

    boolean areThere() {
        return !spans.isEmpty();
    }

    Answer about(Question question, TimeRange window) {
        List<Moment> moments = new ArrayList<>();
        for (TimeRange span : spans) {
            List<Integer> units = question.units().stream()
                    .filter(unit -> fills(span, unit, window))
                    .map(Unit::number)
                    .toList();
            if (!units.isEmpty()) {
                moments.add(moment(question, units));
            }
        }
        return new Answer(moments, List.of(), List.of());
    }

    /** What is labelled first, and among equals the order in which they are. */
    Ranking order(List<Candidate> finalists) {
        List<Place> places = new ArrayList<>();
        for (boolean labelled : new boolean[] {true, false}) {
            for (int number = 1; number <= finalists.size(); number++) {
                if (isLabelled(finalists.get(number - 1)) == labelled) {
                    places.add(new Place(number, labelled ? HIGH : 0, labelled ? "It is labelled." : ""));
                }
            }
        }
        return new Ranking(places, List.of());
    }

    private boolean isLabelled(Candidate candidate) {
        return spans.stream().anyMatch(span -> span.start() <= candidate.peak() && candidate.peak() < span.end());
    }

    private static boolean fills(TimeRange span, Unit unit, TimeRange window) {
        double start = Math.max(span.start(), window.start() + unit.start());
        double end = Math.min(span.end(), window.start() + unit.end());
        return end - start >= ENOUGH * Math.min(span.duration(), unit.end() - unit.start());
    }

    private static Moment moment(Question question, List<Integer> units) {
        Map<String, Score> scores = new LinkedHashMap<>();
        for (AskedDimension dimension : question.dimensions()) {
            scores.put(dimension.id(), new Score(HIGH, HIGH, "It is labelled.", null));
        }
        return new Moment(units.getFirst(), units.getLast(), scores, "A labelled moment", "", List.of());
    }
}
