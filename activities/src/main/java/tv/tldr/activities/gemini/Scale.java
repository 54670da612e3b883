package tv.tldr.activities.gemini;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** In which form does the model say how much of a quality a moment has? We always keep it as 0–1. */
public sealed interface Scale {
    /**
     * A number.
     *
     * @param lowest what "nothing of it" is called
     * @param highest what "all of it" is called, above {@code lowest}
     */
    record Numeric(double lowest, double highest) implements Scale {
        public Numeric {
            if (!(highest > lowest) || !Double.isFinite(lowest) || !Double.isFinite(highest)) {
                throw new IllegalArgumentException("a scale from " + lowest + " to " + highest + " has no extent");
            }
        }
    }

    /** There or not. */
    record Binary() implements Scale {}

    /** @param scores 0–1, of each word for how much, least first; at least two words */
    record Categorical(SequencedMap<String, Double> scores) implements Scale {
        public Categorical {
            scores = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(scores));
            if (scores.size() < 2) {
                throw new IllegalArgumentException("a scale needs two levels or more, not " + scores.keySet());
            }
        }

        /** The words, least first. */
        List<String> levels() {
            return List.copyOf(scores.keySet());
        }
    }
}
