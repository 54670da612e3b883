package tv.tldr.workflows.selection;

import java.util.Locale;
import tv.tldr.workflows.scoring.Contribution;

/**
 * Where does a finalist stand among the others, and what does that make of its confidence?
 *
 * @param place from 1, the best
 * @param of how many were compared
 * @param own its confidence before
 * @param worth the confidence that belongs to its place
 * @param reason why the model puts it there; may be empty
 */
record Standing(int place, int of, double own, double worth, String reason) {
    /** What a place counts beside what was measured and scored of the moment itself. */
    private static final double SHARE = 0.5;

    private static final String FEATURE = "comparison";

    double confidence() {
        return (own + worth) / 2;
    }

    /** What the comparison adds to the confidence, in words that the arithmetic can be redone from. */
    Contribution contribution() {
        double added = SHARE * (worth - own);
        String text = String.format(
                Locale.ROOT, "compared with %s%s (%+.3f)", arithmetic(), reason.isBlank() ? "" : ": " + reason, added);
        return new Contribution(FEATURE, worth - own, SHARE, added, text);
    }

    /** The verdict with the same arithmetic. */
    Verdict explaining(Verdict verdict) {
        return new Verdict(
                verdict.rule(), verdict.distance(), verdict.explanation() + " Compared with " + arithmetic() + ".");
    }

    private String arithmetic() {
        return String.format(
                Locale.ROOT,
                "%d %s: place %d → %.3f, with its own %.3f makes %.3f",
                of - 1,
                of == 2 ? "other" : "others",
                place,
                worth,
                own,
                confidence());
    }
}
