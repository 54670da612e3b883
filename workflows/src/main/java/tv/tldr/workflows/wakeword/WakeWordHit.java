package tv.tldr.workflows.wakeword;

import java.util.Locale;
import tv.tldr.workflows.stream.TimeRange;

/**
 * Somebody said a wake word, as it seems.
 *
 * @param word the wake word, as it was configured
 * @param range when it is said, as stream time: in proportion to the characters of its line
 * @param matched what the transcript has for it
 * @param manner how the two were found to be the same
 * @param similarity of their letters, 0–1; 1 when they are the same
 */
public record WakeWordHit(String word, TimeRange range, String matched, Manner manner, double similarity) {
    public WakeWordHit {
        if (!(similarity >= 0) || similarity > 1) {
            throw new IllegalArgumentException("a similarity is from 0 to 1, not " + similarity);
        }
    }

    /** By what is a wake word known? */
    public enum Manner {
        /** The same letters, whatever their case, accents, punctuation and spaces. */
        EXACT,
        /** A letter or two of a long word are others. */
        FUZZY,
        /** Other letters that sound the same. */
        PHONETIC;

        /** The word on the wire, lower case. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
