package tv.tldr.activities.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * When do the packets of the used tracks begin and end, and are the frames evenly spaced? Reads {@code ffprobe}'s list
 * of packets as it comes; keeps the times of the first few seconds only.
 */
final class PacketTimes {
    private static final int LONGEST_LINE = 200;
    private static final int MOST_FRAMES = 4096;
    /** Frames stand out of order by less, and clocks that count round are put right by FFmpeg; seconds. */
    private static final double LEAST_JUMP_BACK = 10;

    private final Tracks tracks;
    private final double sampleEnd;
    private final double[] frames = new double[MOST_FRAMES];
    private int frameCount;
    private double start = Double.POSITIVE_INFINITY;
    private double end = Double.NEGATIVE_INFINITY;
    /** The latest time of each track so far. */
    private final Map<String, Double> latest = new HashMap<>();

    private OptionalDouble jumpBack = OptionalDouble.empty();

    /** @param sampleEnd until where the spacing of frames is looked at, seconds on the container's clock */
    PacketTimes(Tracks tracks, double sampleEnd) {
        this.tracks = tracks;
        this.sampleEnd = sampleEnd;
    }

    PacketTimes readAll(InputStream list) throws IOException {
        LineReader reader = new LineReader(list, StandardCharsets.US_ASCII, LONGEST_LINE);
        for (String line = reader.next(); line != null; line = reader.next()) {
            String[] columns = line.split(",", -1);
            if (columns.length >= 4) {
                note(columns[0], number(columns[1], number(columns[2], Double.NaN)), number(columns[3], 0));
            }
        }
        return this;
    }

    private void note(String track, double time, double duration) {
        if (Double.isNaN(time) || !tracks.uses(track)) {
            return;
        }
        start = Math.min(start, time);
        end = Math.max(end, time + duration);
        double before = latest.merge(track, time, Math::max);
        if (before - time > LEAST_JUMP_BACK && jumpBack.isEmpty()) {
            jumpBack = OptionalDouble.of(before);
        }
        if (tracks.isVideo(track) && time < sampleEnd && frameCount < MOST_FRAMES) {
            frames[frameCount++] = time;
        }
    }

    double start() {
        return start;
    }

    /** Where the last packet that was read ends; before {@link #start} when there was none. */
    double end() {
        return end;
    }

    /** Behind which time the clock of a track first starts again at an earlier one; of all packets in their order alone. */
    OptionalDouble jumpBack() {
        return jumpBack;
    }

    /**
     * Whether the middle nine tenths of the gaps differ by more than a quarter: more than clocks that round to
     * milliseconds do. The last few frames do not count, since those shown before them may lie behind the sample.
     */
    boolean unevenlySpaced() {
        // A frame that was read twice, because a keyframe before the end lies in the sample, counts once.
        double[] times =
                Arrays.stream(frames, 0, frameCount).sorted().distinct().toArray();
        int count = times.length - 16;
        if (count < 8) {
            return false;
        }
        double[] gaps = new double[count];
        for (int i = 0; i < count; i++) {
            gaps[i] = times[i + 1] - times[i];
        }
        Arrays.sort(gaps);
        double spread = gaps[(int) (count * 0.95)] - gaps[(int) (count * 0.05)];
        return spread > Math.max(0.25 * gaps[count / 2], 0.0025);
    }

    private static double number(String text, double otherwise) {
        try {
            return text.isEmpty() || text.equals("N/A") ? otherwise : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
