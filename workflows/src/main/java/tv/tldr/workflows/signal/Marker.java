package tv.tldr.workflows.signal;

import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.stream.TimeRange;

/**
 * What happened at an instant, as somebody outside of the stream says: a goal, a kill, a bid, a slide, "clip that".
 *
 * <p>It counts {@code weight × kernel}, second by second: the kernel is 1 in the second of the marker, rises to it evenly over
 * {@code lead} seconds before and falls from it evenly over {@code lag} seconds after; elsewhere it is 0.
 *
 * @param kind what happened: a word of {@link MarkerKind} or any other
 * @param time seconds of the stream
 * @param label which one it was, in the sender's words
 * @param weight how sure it makes that there is a highlight, 0–1
 * @param lead how long before it the moment begins, seconds
 * @param lag how long after it the moment ends, seconds
 */
public record Marker(String kind, double time, @Nullable String label, double weight, double lead, double lag) {
    public Marker {
        if (!(time >= 0) || !(weight >= 0 && weight <= 1) || !(lead >= 0) || !(lag >= 0)) {
            throw new IllegalArgumentException(
                    "no marker: at " + time + ", weight " + weight + ", " + lead + ", " + lag);
        }
    }

    /** The second that it is in. */
    public int second() {
        return (int) time;
    }

    /** The moment that it tells of, within a stream of {@code duration} seconds. */
    public TimeRange range(double duration) {
        double at = Math.min(duration, time);
        return new TimeRange(Math.max(0, at - lead), Math.max(at, Math.min(duration, time + lag)));
    }

    /** What it counts in {@code second}, 0–1. */
    public double in(int second) {
        if (second == second()) {
            return weight;
        }
        boolean before = second < time;
        double reach = before ? lead : lag;
        double away = before ? time - second - 1 : second - time;
        return reach == 0 ? 0 : weight * Math.max(0, 1 - away / reach);
    }

    /** The most that it counts in the seconds from {@code from} up to {@code to}. */
    public double within(int from, int to) {
        return in(Math.max(from, Math.min(to - 1, second())));
    }
}
