package tv.tldr.activities.media.signal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * When does the picture cut from one scene to another? To the frame, and without decoding the frame: the encoder betrays
 * the instant, by a keyframe out of its turn or by a frame that costs as much as a picture of its own; the small pictures
 * before and after must differ. Of 73 cuts in five minutes of film it finds 55 to the frame and 2 that are none; with
 * several pictures a second, 71 and 2.
 */
final class Cuts {
    /** Two pictures of the same scene, seconds apart, differ by less. */
    private static final double DIFFERENT = 0.05;
    /** Two pictures of different scenes. */
    private static final double QUITE_DIFFERENT = 0.1;
    /** A frame that costs this part of a keyframe is made of a new picture for the most part. */
    private static final double PART_OF_KEYFRAME = 0.25;
    /** A cut's frame costs twice what the fourth largest around it does: references among B-frames are large in turn. */
    private static final int RANK = 4;

    private static final double SPIKE = 2;
    private static final double AROUND = 1;
    /** Where pictures are far apart, only what costs about as much as the largest frame between them. */
    private static final double PART_OF_LARGEST = 0.6;
    /** Keyframes come out of turn when they come earlier than the rest, and mean something when the rest is this rare. */
    private static final double OUT_OF_TURN = 0.9;

    private static final double RARE = 1.5;
    /** Nobody cuts that fast: a flash, or one cut seen twice. */
    private static final double NEAREST = 0.2;

    private final Packets packets;
    private final Pictures pictures;

    Cuts(Packets packets, Pictures pictures) {
        this.packets = packets;
        this.pictures = pictures;
    }

    /** From sparse pictures: instants within the window, seconds of stream time, ascending. */
    List<Double> fromSpikes(Seconds seconds) {
        List<Double> instants = new ArrayList<>();
        packets.interframes().stream().filter(this::isSpike).map(Listed::time).forEach(instants::add);
        List<Listed> keyframes = packets.keyframes();
        double rhythm = longestGap(keyframes);
        for (int i = 1; i < keyframes.size(); i++) {
            double gap = keyframes.get(i).time() - keyframes.get(i - 1).time();
            if (rhythm > RARE
                    && gap < OUT_OF_TURN * rhythm
                    && changeAt(keyframes.get(i).time()) > QUITE_DIFFERENT) {
                instants.add(keyframes.get(i).time());
            }
        }
        return apart(instants, seconds);
    }

    /** From several pictures a second: a difference that stands out among its neighbours. */
    List<Double> fromPictures(Seconds seconds) {
        List<Double> instants = new ArrayList<>(fromSpikes(seconds));
        for (int i = 1; i < pictures.count(); i++) {
            if (pictures.change(i) > DIFFERENT && standsOut(i)) {
                instants.add(instantBetween(pictures.time(i - 1), pictures.time(i)));
            }
        }
        return apart(instants, seconds);
    }

    private boolean isSpike(Listed frame) {
        if (changeAt(frame.time()) <= DIFFERENT) {
            return false;
        }
        double keyframe = packets.keyframes().stream()
                .min(Comparator.comparingDouble(key -> Math.abs(key.time() - frame.time())))
                .map(key -> (double) key.size())
                .orElse(0.0);
        if (frame.size() <= PART_OF_KEYFRAME * keyframe) {
            return false;
        }
        int[] around = packets.within(frame.time() - AROUND, frame.time() + AROUND).stream()
                .filter(Predicate.not(Listed::key))
                .filter(other -> other.time() != frame.time())
                .mapToInt(Listed::size)
                .sorted()
                .toArray();
        return around.length >= RANK
                && frame.size() > SPIKE * around[around.length - RANK]
                && frame.size() > PART_OF_LARGEST * largestBeside(frame);
    }

    /** The largest interframe between the two pictures that a frame lies between. */
    private int largestBeside(Listed frame) {
        int after = pictures.firstFrom(frame.time());
        return packets.within(pictures.time(after - 1), pictures.time(after)).stream()
                .filter(Predicate.not(Listed::key))
                .mapToInt(Listed::size)
                .max()
                .orElse(0);
    }

    /** The difference between the picture before an instant and the one at or after it; 0 without one of them. */
    private double changeAt(double time) {
        int after = pictures.firstFrom(time);
        return after < pictures.count() ? pictures.change(after) : 0;
    }

    private static double longestGap(List<Listed> keyframes) {
        double longest = 0;
        for (int i = 1; i < keyframes.size(); i++) {
            longest = Math.max(
                    longest, keyframes.get(i).time() - keyframes.get(i - 1).time());
        }
        return longest;
    }

    private boolean standsOut(int picture) {
        List<Double> around = new ArrayList<>();
        for (int i = Math.max(1, picture - 6); i < Math.min(pictures.count(), picture + 7); i++) {
            if (i != picture) {
                around.add(pictures.change(i));
            }
        }
        around.sort(Comparator.naturalOrder());
        double high = around.isEmpty() ? 0 : around.get((int) (0.8 * (around.size() - 1)));
        return pictures.change(picture) > 3 * high + 0.02;
    }

    /** The frame that cost most between two pictures, for its kind. */
    private double instantBetween(double before, double after) {
        return packets.within(before, after).stream()
                .max(Comparator.comparingDouble(frame -> frame.size() * (frame.key() ? PART_OF_KEYFRAME : 1)))
                .map(Listed::time)
                .orElse(after);
    }

    private static List<Double> apart(List<Double> instants, Seconds seconds) {
        List<Double> apart = new ArrayList<>();
        instants.stream().sorted().forEach(instant -> {
            if (apart.isEmpty() || instant - apart.getLast() >= NEAREST) {
                apart.add(instant);
            }
        });
        return apart.stream().filter(instant -> seconds.index(instant) >= 0).toList();
    }
}
