package tv.tldr.activities.gemini;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Questions of tests. */
final class Asked {
    private static final SequencedMap<String, Double> EVENLY = new LinkedHashMap<>();

    static {
        EVENLY.put("dull", 0.0);
        EVENLY.put("lively", 0.5);
        EVENLY.put("wild", 1.0);
    }

    private Asked() {}

    static AskedDimension dimension(String id, Scale scale) {
        return dimension(id, scale, null);
    }

    static AskedDimension dimension(String id, Scale scale, @Nullable String scoringPrompt) {
        return new AskedDimension(id, "Name of " + id, "How much " + id, scoringPrompt, null, scale);
    }

    /** Four shots of 3 s and three dimensions, one of each kind. */
    static Question question() {
        return new Question(
                List.of(
                        dimension("action", new Scale.Numeric(0, 10)),
                        dimension("goal", new Scale.Binary()),
                        dimension("mood", new Scale.Categorical(EVENLY))),
                shots(4, 3),
                3,
                Words.OF_MOMENTS);
    }

    static List<Unit> shots(int count, double seconds) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Unit(i, Unit.Kind.SHOT, (i - 1) * seconds, i * seconds, null))
                .toList();
    }
}
