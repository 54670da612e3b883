package tv.tldr.workflows.wakeword;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tv.tldr.workflows.stream.TimeRange;

/** Which moments do people mean who say a wake word? The ones that they just saw. */
public final class CalledMoments {
    /**
     * "Clip that" comes after the moment: people finish watching, understand and then speak. Moments last a few seconds up
     * to about 15, and the call follows within about 5.
     */
    public static final double BEFORE_SECONDS = 20;

    /** The laughter and the replies belong to the moment; what comes later is the next one. */
    public static final double AFTER_SECONDS = 5;

    private CalledMoments() {}

    /**
     * The moments that {@code hits} call for, by time. Calls that begin within {@value #AFTER_SECONDS} s after the end of a
     * moment's first one are for the same moment: people repeat themselves, and one phrase may be several wake words.
     *
     * @param duration of the stream, seconds: no moment reaches beyond its end
     */
    public static List<CalledMoment> of(List<WakeWordHit> hits, double duration) {
        List<List<WakeWordHit>> calls = new ArrayList<>();
        for (WakeWordHit hit : hits.stream()
                .sorted(Comparator.comparingDouble(hit -> hit.range().start()))
                .toList()) {
            boolean repeated = !calls.isEmpty()
                    && hit.range().start() - calls.getLast().getFirst().range().end() <= AFTER_SECONDS;
            if (repeated) {
                calls.getLast().add(hit);
            } else {
                calls.add(new ArrayList<>(List.of(hit)));
            }
        }
        return calls.stream().map(call -> moment(call, duration)).toList();
    }

    private static CalledMoment moment(List<WakeWordHit> hits, double duration) {
        WakeWordHit surest = hits.stream()
                .max(Comparator.comparingDouble(WakeWordHit::similarity))
                .orElseThrow();
        double called = Math.min(duration, hits.getFirst().range().start());
        double ended = hits.stream().mapToDouble(hit -> hit.range().end()).max().orElse(called);
        TimeRange range = new TimeRange(
                Math.max(0, called - BEFORE_SECONDS), Math.max(called, Math.min(duration, ended + AFTER_SECONDS)));
        return new CalledMoment(range, surest.word(), surest.similarity(), hits);
    }
}
