package tv.tldr.activities.media.signal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What is heard around a window: one channel at 16 kHz, every sample at its place in stream time. What the file leaves out
 * — a late start, an early end, a gap — stays empty and shifts nothing.
 */
final class Sound {
    /** Samples a second: enough for what tells speech, crowds, music and blows apart. */
    static final int RATE = 16_000;
    /** Steps a second. */
    static final int STEPS = 20;
    /** Samples in a step of 50 ms. */
    static final int STEP = RATE / STEPS;

    private static final float FULL_SCALE = 32_768;

    private final int firstStep;
    private final float[] samples;
    private final int[] heard;

    private Sound(int firstStep, int steps) {
        this.firstStep = firstStep;
        this.samples = new float[steps * STEP];
        this.heard = new int[steps];
    }

    /**
     * @param blocks the pieces of {@code data}, in its order, with the time of each
     * @param data 16-bit samples, little endian
     * @param from whole second of stream time to begin at
     * @param to whole second of stream time to end at
     */
    static Sound place(List<Listed> blocks, ShortBuffer data, int from, int to) {
        Sound sound = new Sound(from * STEPS, (to - from) * STEPS);
        int position = 0;
        for (Listed block : blocks) {
            int length = Math.min(block.size() / Short.BYTES, data.limit() - position);
            sound.place(Math.round((block.time() - from) * RATE), data, position, length);
            position += length;
        }
        return sound;
    }

    static Sound read(List<Listed> blocks, Path file, int from, int to) throws IOException {
        if (Files.notExists(file)) {
            return place(List.of(), ShortBuffer.allocate(0), from, to);
        }
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer bytes =
                    ByteBuffer.allocate((int) Math.min(channel.size(), (to - from + 60L) * RATE * Short.BYTES));
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
            return place(blocks, bytes.flip().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer(), from, to);
        }
    }

    private void place(long at, ShortBuffer data, int position, int length) {
        for (int i = (int) Math.max(0, -at); i < length && at + i < samples.length; i++) {
            int sample = (int) (at + i);
            samples[sample] = data.get(position + i) / FULL_SCALE;
            heard[sample / STEP]++;
        }
    }

    /** The number of the first step, counted from the beginning of the stream. */
    int firstStep() {
        return firstStep;
    }

    int steps() {
        return heard.length;
    }

    /** Whether the file has sound in at least half of the step. */
    boolean isHeard(int step) {
        return heard[step] * 2 >= STEP;
    }

    /** The sample with this number, counted from the first step; 0 beyond the ends. */
    float sample(int number) {
        return number < 0 || number >= samples.length ? 0 : samples[number];
    }
}
