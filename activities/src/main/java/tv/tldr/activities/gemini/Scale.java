package tv.tldr.activities.gemini;

import java.util.HashSet;
import java.util.List;

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

    /** @param levels words for how much, least first, at least two, all different */
    record Categorical(List<String> levels) implements Scale {
        public Categorical {
            levels = List.copyOf(levels);
            if (levels.size() < 2 || new HashSet<>(levels).size() < levels.size()) {
                throw new IllegalArgumentException("a scale needs two levels or more, all different, not " + levels);
            }
        }
    }
}
