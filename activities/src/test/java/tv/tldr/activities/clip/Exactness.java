package tv.tldr.activities.clip;

import java.nio.file.Path;
import java.util.Arrays;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.stream.TimeRange;

/**
 * How far is a clip from what a full decode of the whole source shows and sounds at the same times?
 *
 * @param firstFrame frames between the clip's first one and the source's at the start; positive: too late
 * @param lastFrame the same for the last one and the source's before the end
 * @param jumps how often two successive frames of the clip are not successive in the source
 * @param worstFrame the largest distance of a frame from its place in the source, seconds
 * @param firstSound milliseconds by which the sound is late after the first tenth of a second
 * @param lastSound the same half a second before the end
 */
public record Exactness(
        int firstFrame, int lastFrame, int jumps, double worstFrame, double firstSound, double lastSound) {
    private static final double PIECE = 0.5;
    /** What lies before the first packet of a source is silence in a clip and nothing in the source. */
    private static final double RUN_UP = 0.1;

    private static final double SEARCH = 0.3;

    /** The whole source, decoded once, on the clock of the stream. */
    public static final class Source {
        private final int[] numbers;
        private final double[] times;
        private final float[] sound;
        private final double[][] blocks;
        private final double blockRate;
        private final double clockStart;
        private final String turn;

        public Source(Path file, MediaFacts facts, String turn) {
            this.turn = turn;
            this.numbers = facts.video() == null ? new int[0] : NumberedSource.numbers(file, turn);
            this.times = facts.video() == null ? new double[0] : NumberedSource.times(file);
            for (int i = 0; i < times.length; i++) {
                times[i] -= facts.startTime();
            }
            this.sound = facts.audio() == null ? new float[0] : NumberedSource.sound(file);
            this.blocks = facts.audio() == null ? new double[0][] : NumberedSource.soundBlocks(file);
            this.blockRate = facts.audio() == null ? 1 : facts.audio().sampleRate();
            this.clockStart = facts.startTime();
        }

        /** Where its last frame or sample ends. */
        double end() {
            double picture = times.length == 0 ? 0 : times[times.length - 1] + 1.0 / NumberedSource.RATE;
            int last = blocks.length - 1;
            double heard = last < 0 ? 0 : blocks[last][0] - clockStart + blocks[last][1] / blockRate;
            return Math.max(picture, heard);
        }

        /** Where the sample that is heard at this stream time lies among all decoded ones; gaps in time hold none. */
        private int sampleAt(double time) {
            double before = 0;
            for (int i = 0; i < blocks.length; i++) {
                double start = blocks[i][0] - clockStart;
                if (i == blocks.length - 1 || time < blocks[i + 1][0] - clockStart) {
                    return (int) Math.round((before / blockRate + time - start) * NumberedSource.SOUND_RATE);
                }
                before += blocks[i][1];
            }
            return 0;
        }

        /** Of a clip that is to show this range. */
        public Exactness of(Path clip, TimeRange range) {
            int first = 0;
            int last = 0;
            int jumps = 0;
            double worst = 0;
            if (times.length > 0) {
                int[] shown = NumberedSource.numbers(clip, turn);
                double[] at = NumberedSource.times(clip);
                first = shown[0] - numbers[frameAt(range.start())];
                last = shown[shown.length - 1] - numbers[frameAt(range.end()) - (isLast(range.end()) ? 0 : 1)];
                for (int i = 0; i < shown.length; i++) {
                    jumps += i > 0 && shown[i] != shown[i - 1] + 1 ? 1 : 0;
                    int place = Arrays.binarySearch(numbers, shown[i]);
                    worst = i == 0
                            ? worst
                            : Math.max(worst, place < 0 ? 99 : Math.abs(times[place] - range.start() - at[i]));
                }
            }
            float[] heard = sound.length == 0 ? new float[0] : NumberedSource.sound(clip);
            double end = (double) heard.length / NumberedSource.SOUND_RATE - PIECE;
            return new Exactness(first, last, jumps, worst, late(heard, RUN_UP, range), late(heard, end, range));
        }

        private boolean isLast(double time) {
            return time > (times[times.length - 1] + times[times.length - 2]) / 2 + 0.5 / NumberedSource.RATE;
        }

        private int frameAt(double time) {
            int nearest = 0;
            for (int i = 1; i < times.length; i++) {
                nearest = Math.abs(times[i] - time) < Math.abs(times[nearest] - time) ? i : nearest;
            }
            return nearest;
        }

        /** By how many milliseconds the best match in the source lies apart from where it should be. */
        private double late(float[] heard, double clipTime, TimeRange range) {
            if (heard.length == 0) {
                return 0;
            }
            int rate = NumberedSource.SOUND_RATE;
            int from = (int) Math.round(clipTime * rate);
            int expected = sampleAt(range.start() + clipTime);
            int length = (int) (PIECE * rate);
            int best = 0;
            double most = Double.NEGATIVE_INFINITY;
            for (int shift = (int) (-SEARCH * rate); shift <= SEARCH * rate; shift++) {
                double likeness = likeness(heard, from, expected + shift, length);
                if (likeness > most) {
                    most = likeness;
                    best = shift;
                }
            }
            return -1000.0 * best / rate;
        }

        private double likeness(float[] heard, int from, int at, int length) {
            double product = 0;
            for (int i = 0; i < length; i++) {
                int place = at + i;
                product += place < 0 || place >= sound.length ? 0 : (double) heard[from + i] * sound[place];
            }
            return product;
        }
    }
}
