package tv.tldr.activities.media.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import tv.tldr.activities.media.Probe;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.TimeRange;

/**
 * Measures a file of a test as an activity does: probed first, each window in a folder of its own.
 *
 * @param folder of the test, for scratch
 */
record Measuring(Path folder, Path file, MediaFacts facts) {
    static Measuring of(Path folder, Path file) {
        return new Measuring(folder, file, new Probe(TestMedia.FFMPEG).probe(new MediaInput(file), folder, () -> {}));
    }

    Signals whole(boolean thorough) {
        return window(0, facts.duration(), thorough);
    }

    Signals window(double from, double to, boolean thorough) {
        try {
            Path scratch = Files.createTempDirectory(folder, "scratch");
            return new SignalMeter(TestMedia.FFMPEG)
                    .measure(new MediaInput(file), facts, new TimeRange(from, to), thorough, scratch, () -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A curve that must be there. */
    static float[] curve(Signals signals, SignalKind kind) {
        return new Curves(signals.curves()).of(kind);
    }

    /** The second with the highest value. */
    static int peak(Signals signals, SignalKind kind) {
        float[] curve = curve(signals, kind);
        return IntStream.range(0, curve.length)
                .filter(second -> !Float.isNaN(curve[second]))
                .reduce((a, b) -> curve[b] > curve[a] ? b : a)
                .orElseThrow();
    }

    /** Says which curve differs where; a gap must be a gap in both. */
    static void assertAgree(Signals actual, Signals expected, double tolerance) {
        assertThat(actual.curves().keySet()).isEqualTo(expected.curves().keySet());
        for (SignalKind kind : expected.curves().keySet()) {
            float[] is = curve(actual, kind);
            float[] should = curve(expected, kind);
            for (int second = 0; second < should.length; second++) {
                double allowed = tolerance * Math.max(1, Math.abs(should[second]));
                boolean agree = Float.isNaN(should[second])
                        ? Float.isNaN(is[second])
                        : Math.abs(is[second] - should[second]) <= allowed;
                assertThat(agree)
                        .as("%s in second %d: %s, not %s", kind, second, is[second], should[second])
                        .isTrue();
            }
        }
    }
}
