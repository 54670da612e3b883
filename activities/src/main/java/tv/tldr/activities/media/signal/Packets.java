package tv.tldr.activities.media.signal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The compressed picture around a window, in the order it is shown: when each packet comes, how large it is, and whether it
 * is a keyframe. An encoder spends its bytes on what changes.
 */
final class Packets {
    private final List<Listed> all;
    private final List<Listed> keyframes;
    private final List<Listed> interframes;
    private final double end;

    private Packets(List<Listed> all, double end) {
        this.all = all;
        this.keyframes = all.stream().filter(Listed::key).toList();
        this.interframes = all.stream().filter(packet -> !packet.key()).toList();
        this.end = end;
    }

    static Packets of(List<Listed> listed) {
        List<Listed> shown = new ArrayList<>(listed);
        shown.sort(Comparator.comparingDouble(Listed::time));
        double end = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < shown.size(); i++) {
            double gap = i == 0 ? 0 : shown.get(i).time() - shown.get(i - 1).time();
            double duration = shown.get(i).duration();
            end = Math.max(end, shown.get(i).time() + (duration > 0 ? duration : gap));
        }
        return new Packets(List.copyOf(shown), end);
    }

    /** These packets and the keyframes before the first of them. */
    Packets after(List<Listed> keyframes) {
        List<Listed> more = new ArrayList<>(all);
        keyframes.stream().filter(key -> key.time() < begin()).forEach(more::add);
        return of(more);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** When the first packet is shown, seconds of stream time; infinite without packets. */
    double begin() {
        return all.isEmpty() ? Double.POSITIVE_INFINITY : all.getFirst().time();
    }

    /** Until when the last packet is shown, seconds of stream time. */
    double end() {
        return end;
    }

    List<Listed> keyframes() {
        return keyframes;
    }

    /** The frames between the keyframes. */
    List<Listed> interframes() {
        return interframes;
    }

    /** Packets shown after {@code from}, up to and with {@code to}. */
    List<Listed> within(double from, double to) {
        return all.stream()
                .filter(packet -> packet.time() > from && packet.time() <= to)
                .toList();
    }

    /** How much of a second of {@code seconds} has a picture, 0–1. */
    double share(Seconds seconds, int index) {
        return Math.max(0, Math.min(seconds.to(index), end) - Math.max(seconds.from(index), begin()));
    }
}
