package tv.tldr.workflows.selection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tv.tldr.workflows.scoring.Contribution;
import tv.tldr.workflows.signal.Marker;
import tv.tldr.workflows.stream.Segmentation;
import tv.tldr.workflows.wakeword.WakeWordHit;
import tv.tldr.workflows.wakeword.WakeWordHit.Manner;

/** How is it said in words, with the arithmetic, that a moment was called for? */
final class CallReasons {
    private static final String WAKE_WORD = "wake_word";
    private static final String MARKER = "marker";

    /** So many markers of a moment are told one by one. */
    private static final int TOLD_APART = 5;

    private CallReasons() {}

    /** Whether {@code reasons} tell of a call. */
    static boolean tell(List<Contribution> reasons) {
        return reasons.stream()
                .map(Contribution::feature)
                .anyMatch(feature -> feature.equals(WAKE_WORD) || feature.equals(MARKER));
    }

    /**
     * What the calls add to the score of the contender's peak: the surest wake word lifts it to the likeness when it is
     * lower; then each marker takes its part of what is missing to 1.
     */
    static List<Contribution> of(Contender contender) {
        List<Contribution> reasons = new ArrayList<>();
        double measured = contender.passage().score();
        double score = Double.isFinite(measured) ? measured : 0;
        Optional<WakeWordHit> surest = contender.surest();
        if (surest.isPresent()) {
            Contribution heard = heard(contender, surest.get(), score);
            reasons.add(heard);
            score += heard.contribution();
        }
        List<Marker> markers = contender.markers().stream()
                .sorted(Comparator.comparingDouble(marker -> -contender.counts(marker)))
                .toList();
        int apart = markers.size() > TOLD_APART ? TOLD_APART - 1 : markers.size();
        for (Marker marker : markers.subList(0, apart)) {
            Contribution said = marked(marker, contender.counts(marker), score);
            reasons.add(said);
            score += said.contribution();
        }
        if (apart < markers.size()) {
            List<Marker> others = markers.subList(apart, markers.size());
            double together = contender.together(others);
            double lift = (1 - score) * together;
            reasons.add(new Contribution(
                    MARKER,
                    together,
                    1 - score,
                    lift,
                    String.format(Locale.ROOT, "%d more markers (+%.2f)", others.size(), lift)));
        }
        return reasons;
    }

    private static Contribution heard(Contender contender, WakeWordHit hit, double score) {
        double weight = hit.similarity() == 0 ? 0 : Math.max(0, hit.similarity() - score) / hit.similarity();
        double lift = hit.similarity() * weight;
        long said = contender.hits();
        String text = String.format(
                Locale.ROOT,
                "wake word “%s” heard at %s%s, likeness %.2f (%s%s) (+%.2f)",
                hit.word(),
                Segmentation.clock(hit.range().start()),
                said == 1 ? "" : ", the surest of " + said + " calls",
                hit.similarity(),
                hit.manner().wire(),
                hit.manner() == Manner.EXACT ? "" : ": “" + hit.matched() + "”",
                lift);
        return new Contribution(WAKE_WORD, hit.similarity(), weight, lift, text);
    }

    private static Contribution marked(Marker marker, double counts, double score) {
        double lift = (1 - score) * counts;
        String text = String.format(
                Locale.ROOT,
                "marker %s at %.1f s%s, counts %.2f (+%.2f)",
                marker.kind(),
                marker.time(),
                marker.label() == null ? "" : " “" + marker.label() + "”",
                counts,
                lift);
        return new Contribution(MARKER, counts, 1 - score, lift, text);
    }
}
