package tv.tldr.activities.gemini;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What did the model say about one window, after {@link AnswerReader} has put it right?
 *
 * @param moments in the model's order; empty when it found none
 * @param transcript what is said in the window, in moments or not; empty when that was not asked for
 * @param notes what had to be put right or left out, for people
 */
public record Answer(List<Moment> moments, List<Line> transcript, List<String> notes) {
    public Answer {
        moments = List.copyOf(moments);
        // Stored answers of before have none.
        transcript = transcript == null ? List.of() : List.copyOf(transcript);
        notes = List.copyOf(notes);
    }

    /**
     * @param firstUnit number of the unit that it begins with
     * @param lastUnit number of the unit that it ends with, not before {@code firstUnit}
     * @param scores by dimension, each asked one and no other, in the order asked
     * @param title a few words; may be empty
     * @param reason a sentence; may be empty
     * @param transcript what is said in it; empty when that was not asked for
     */
    public record Moment(
            int firstUnit,
            int lastUnit,
            Map<String, Score> scores,
            String title,
            String reason,
            List<Line> transcript) {
        public Moment {
            transcript = List.copyOf(transcript);
        }
    }

    /**
     * @param value 0–1, whatever the scale was
     * @param confidence 0–1, as the model says; 1 when it says nothing of it, or nothing readable of the score
     * @param reason may be empty
     * @param flag null when the model's score was as asked for
     */
    public record Score(
            double value,
            double confidence,
            String reason,
            @Nullable Flag flag) {
        public Score {
            // Nothing readable was said: the 0 is ours and holds, however sure the model was. Stored ones of before say
            // 0.
            confidence = flag == Flag.MISSING || flag == Flag.UNREADABLE ? 1 : confidence;
        }

        /** The reason, and what had to be put right about the score. */
        public String told() {
            if (flag == null) {
                return reason;
            }
            return reason.isEmpty() ? flag.told() : reason + " (" + flag.told() + ")";
        }
    }

    /** What was said within a unit. */
    public record Line(int unit, String text) {}

    /** What was wrong with a score. */
    public enum Flag {
        /** Not given: it counts as 0. */
        MISSING("the model gave no score: it counts as 0"),
        /** Outside of its scale: moved to the nearer end. */
        CLAMPED("the model's score lay outside of the scale: it was moved to the nearer end"),
        /** Neither a number nor a level of its scale: it counts as 0. */
        UNREADABLE("the model's score could not be read: it counts as 0");

        private final String told;

        Flag(String told) {
            this.told = told;
        }

        /** For the customer. */
        public String told() {
            return told;
        }
    }
}
