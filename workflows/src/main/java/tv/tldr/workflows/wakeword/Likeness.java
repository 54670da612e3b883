package tv.tldr.workflows.wakeword;

import org.apache.commons.text.similarity.LevenshteinDistance;
import tv.tldr.workflows.wakeword.WakeWordHit.Manner;

/**
 * How alike are two words?
 *
 * @param manner by what they are alike
 * @param similarity 1 when all letters are the same; less by the share of them that would have to be changed
 */
record Likeness(Manner manner, double similarity) {
    static final Likeness SAME = new Likeness(Manner.EXACT, 1);

    private static final LevenshteinDistance EDITS = LevenshteinDistance.getDefaultInstance();

    /** The part of the letters that must not have to be changed. */
    static double similarity(String one, String other) {
        int longer = Math.max(one.length(), other.length());
        return 1 - (double) EDITS.apply(one, other) / longer;
    }

    /** How many letters have to be changed. */
    static int edits(String one, String other) {
        return EDITS.apply(one, other);
    }
}
