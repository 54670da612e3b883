package tv.tldr.workflows.transcript;

import java.util.ArrayList;
import java.util.List;
import tv.tldr.workflows.stream.TimeRange;

/**
 * Which shots may a model be asked about? The window from cut to cut, without gaps, and never more of them than it may be
 * shown: flashes join their neighbour, what goes on for long without a cut is divided evenly.
 */
public final class Shots {
    /** Nobody sees what happens in less, and a model is shown about one picture a second. */
    static final double SHORTEST_SECONDS = 1;

    /** A long shot in which something happens is told in parts that are no longer than a clip. */
    static final double LONGEST_SECONDS = 20;

    private Shots() {}

    /**
     * The shots of {@code window}, numbered from 1.
     *
     * @param cuts instants of scene cuts, seconds of stream time, in any order; those outside of the window do not count
     * @param most the largest number of shots; where the window is too long for as many of
     *     {@value #LONGEST_SECONDS} s, they are longer, up to two {@code most}-ths of the window each
     */
    public static List<NumberedWindow> within(TimeRange window, List<Double> cuts, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("a window has at least one shot, not " + most);
        }
        // With parts of this length at most half of the shots are spent on dividing, and the rest is left for cuts.
        double longest = Math.max(LONGEST_SECONDS, 2 * window.duration() / most);
        List<TimeRange> shots = between(window, cuts);
        while (shots.size() > 1) {
            int shortest = shortest(shots);
            boolean tooMany =
                    shots.stream().mapToInt(shot -> parts(shot, longest)).sum() > most;
            if (!tooMany && shots.get(shortest).duration() >= SHORTEST_SECONDS) {
                break;
            }
            joinWithItsShorterNeighbour(shots, shortest);
        }
        return NumberedWindow.number(
                shots.stream().flatMap(shot -> divide(shot, longest).stream()).toList());
    }

    private static List<TimeRange> between(TimeRange window, List<Double> cuts) {
        List<TimeRange> shots = new ArrayList<>();
        double begin = window.start();
        for (double cut : cuts.stream().sorted().toList()) {
            if (cut > begin && cut < window.end()) {
                shots.add(new TimeRange(begin, cut));
                begin = cut;
            }
        }
        shots.add(new TimeRange(begin, window.end()));
        return shots;
    }

    private static int shortest(List<TimeRange> shots) {
        int shortest = 0;
        for (int index = 1; index < shots.size(); index++) {
            if (shots.get(index).duration() < shots.get(shortest).duration()) {
                shortest = index;
            }
        }
        return shortest;
    }

    private static void joinWithItsShorterNeighbour(List<TimeRange> shots, int index) {
        double before =
                index == 0 ? Double.POSITIVE_INFINITY : shots.get(index - 1).duration();
        double after = index == shots.size() - 1
                ? Double.POSITIVE_INFINITY
                : shots.get(index + 1).duration();
        int first = before <= after ? index - 1 : index;
        TimeRange second = shots.remove(first + 1);
        shots.set(first, new TimeRange(shots.get(first).start(), second.end()));
    }

    private static int parts(TimeRange shot, double longest) {
        return Math.max(1, (int) Math.ceil(shot.duration() / longest));
    }

    private static List<TimeRange> divide(TimeRange shot, double longest) {
        int parts = parts(shot, longest);
        List<TimeRange> divided = new ArrayList<>();
        double begin = shot.start();
        for (int part = 1; part <= parts; part++) {
            double end = part == parts ? shot.end() : shot.start() + shot.duration() * part / parts;
            divided.add(new TimeRange(begin, end));
            begin = end;
        }
        return divided;
    }
}
