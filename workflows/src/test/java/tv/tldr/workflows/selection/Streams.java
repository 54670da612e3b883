package tv.tldr.workflows.selection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tv.tldr.workflows.scoring.Calibration;
import tv.tldr.workflows.scoring.Dimension;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSet.ClipLength;
import tv.tldr.workflows.scoring.RuleModel;
import tv.tldr.workflows.scoring.Term;
import tv.tldr.workflows.signal.Baseline;
import tv.tldr.workflows.signal.MadeSignals;
import tv.tldr.workflows.signal.SignalDump;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.transcript.Transcript;
import tv.tldr.workflows.transcript.TranscriptLine;
import tv.tldr.workflows.transcript.TranscriptSource;

/** Streams to select from: put together from recorded ones, or noise with and without events. The same seed, the same stream. */
final class Streams {
    static final int HOUR = 3600;

    /** Read once: dozens of hours are made of them. */
    private static final Map<String, Signals> RECORDED = Stream.of(
                    "game_d1", "game_d2", "game_d3", "game_d4", "midisurf_gameplay", "bbb_0_300", "autoeditor_example")
            .collect(Collectors.toUnmodifiableMap(name -> name, SignalDump::read));

    private Streams() {}

    /** A set that looks at loudness alone: 2 dB over the usual are one logit of score, 8 dB are all that counts. */
    static DimensionSet loudness(ClipLength clip, double cooldown) {
        Dimension loud = Dimension.ofRules(
                "loud", "loud", 1, new RuleModel(1, "made", -1, List.of(new Term(SignalKind.LOUDNESS, 1, 1))));
        return DimensionSet.of("made", List.of(loud), new Calibration(0.65, 2.43), clip, cooldown);
    }

    /** An hour of pieces of recorded streams in a random order, again and again, with noise over the measured values. */
    static Signals shuffledHour(List<String> names, int pieceSeconds, double noise, long seed) {
        Random random = new Random(seed);
        List<Signals> sources =
                names.stream().map(RECORDED::get).map(Objects::requireNonNull).toList();
        List<Signals> pieces = new ArrayList<>();
        List<Signals> left = new ArrayList<>();
        for (int at = 0; at < HOUR; at += pieces.getLast().seconds()) {
            if (left.isEmpty()) {
                sources.forEach(source -> left.addAll(cutUp(source, pieceSeconds)));
                Collections.shuffle(left, random);
            }
            pieces.add(movedTo(at, left.removeLast()));
        }
        return noisy(Signals.join(HOUR, pieces), noise, random);
    }

    private static List<Signals> cutUp(Signals source, int pieceSeconds) {
        List<Signals> pieces = new ArrayList<>();
        for (int from = 0; from < source.seconds(); from += pieceSeconds) {
            int start = from;
            int end = Math.min(from + pieceSeconds, source.seconds());
            Map<SignalKind, float[]> curves = new EnumMap<>(SignalKind.class);
            source.curves().forEach((kind, curve) -> curves.put(kind, Arrays.copyOfRange(curve, start, end)));
            List<Double> cuts = source.cuts().stream()
                    .filter(cut -> cut >= start && cut < end)
                    .toList();
            List<TimeRange> pauses = source.pauses().stream()
                    .filter(pause -> pause.start() >= start && pause.end() <= end)
                    .toList();
            pieces.add(new Signals(start, end - start, curves, cuts, pauses));
        }
        return pieces;
    }

    private static Signals movedTo(int second, Signals piece) {
        double by = second - piece.firstSecond();
        List<Double> cuts = piece.cuts().stream().map(cut -> cut + by).toList();
        List<TimeRange> pauses = piece.pauses().stream()
                .map(pause -> new TimeRange(pause.start() + by, pause.end() + by))
                .toList();
        return new Signals(second, piece.seconds(), piece.curves(), cuts, pauses);
    }

    /** White noise on every curve, {@code share} of the curve's own spread. */
    private static Signals noisy(Signals signals, double share, Random random) {
        Map<SignalKind, float[]> curves = new EnumMap<>(SignalKind.class);
        // In the order of the enumeration: that of the record's map differs from run to run.
        new EnumMap<>(signals.curves()).forEach((kind, curve) -> {
            double[] values = new double[curve.length];
            for (int second = 0; second < curve.length; second++) {
                values[second] = curve[second];
            }
            double spread = Baseline.of(values, 1e-9).spread();
            float[] other = new float[curve.length];
            for (int second = 0; second < curve.length; second++) {
                other[second] = (float) (values[second] + share * spread * random.nextGaussian());
            }
            curves.put(kind, other);
        });
        return new Signals(0, signals.seconds(), curves, signals.cuts(), signals.pauses());
    }

    /**
     * Every kind around its usual, as a first-order autoregressive process of its own.
     *
     * @param strength 1: as lively as a film; 0.2: a scene in which nothing happens
     * @param memory correlation of neighbouring seconds, 0: white noise
     * @param tail 0: normal; larger: rare values are larger
     */
    static MadeSignals noise(int seconds, double strength, double memory, double tail, long seed) {
        Random random = new Random(seed);
        MadeSignals made = MadeSignals.flat(seconds);
        for (SignalKind kind : SignalKind.values()) {
            double value = random.nextGaussian();
            for (int second = 0; second < seconds; second++) {
                double step = random.nextGaussian() * Math.exp(tail * random.nextGaussian() - tail * tail);
                value = memory * value + Math.sqrt(1 - memory * memory) * step;
                made.more(kind, second, second + 1, strength * lively(kind) * value);
            }
        }
        return made;
    }

    /** The standard deviation of a lively stream, in the signal's unit. */
    private static double lively(SignalKind kind) {
        return switch (kind) {
            case LOUDNESS -> 3;
            case BAND_BASS, BAND_LOW_MID, BAND_HIGH_MID, BAND_TREBLE -> 4;
            case ONSETS -> 35;
            case SPECTRAL_CENTROID -> 250;
            case INTER_BYTES -> 6000;
            case KEY_BYTES -> 4000;
            case MOTION -> 1;
            case CUTS -> 0.3;
            case SPEECH, CROWD, MUSIC, SILENCE -> 0.2;
            case FRAME_BYTES_SPREAD, STILLNESS -> 0.15;
            case BLACK -> 0.1;
            case SPECTRAL_FLATNESS, BRIGHTNESS, SATURATION, FLASH, CHANGE -> 0.06;
        };
    }

    /** {@code count} bursts of action of 5 to 25 seconds, anywhere. */
    static MadeSignals withBursts(MadeSignals made, int seconds, int count, long seed) {
        Random random = new Random(seed);
        for (int burst = 0; burst < count; burst++) {
            int from = random.nextInt(seconds - 25);
            made.action(from, from + 5 + random.nextInt(20), 1 + random.nextDouble());
        }
        return made;
    }

    /** Up to a line every ten seconds, a third of them a call, heard well or badly. */
    static Transcript talk(double duration, long seed) {
        Random random = new Random(seed);
        List<String> said = List.of(
                "clip that",
                "oh clip dat please",
                "klip that",
                "clip than",
                "what a play",
                "no way",
                "did you see that",
                "I saved it",
                "go go go");
        List<TranscriptLine> lines = new ArrayList<>();
        for (int line = random.nextInt(1 + (int) Math.ceil(duration / 10)); line > 0; line--) {
            double start = random.nextDouble() * duration;
            lines.add(new TranscriptLine(
                    new TimeRange(start, Math.min(duration, start + 2 * random.nextDouble())),
                    said.get(random.nextInt(said.size())),
                    TranscriptSource.MODEL));
        }
        return new Transcript(lines);
    }

    /** Noise, bursts, gaps in the measuring, cuts and pauses: anything that can come. */
    static Signals anything(int seconds, long seed) {
        Random random = new Random(seed);
        MadeSignals made =
                noise(seconds, random.nextDouble(), random.nextDouble() * 0.95, random.nextDouble() / 2, seed);
        if (seconds > 30) {
            withBursts(made, seconds, random.nextInt(1 + seconds / 40), seed);
        }
        for (int gap = random.nextInt(4); gap > 0; gap--) {
            int from = random.nextInt(seconds);
            int to = Math.min(seconds, from + 1 + random.nextInt(20));
            for (SignalKind kind : SignalKind.values()) {
                made.more(kind, from, to, Double.NaN);
            }
        }
        for (int anchor = random.nextInt(1 + seconds / 5); anchor > 0; anchor--) {
            double time = random.nextDouble() * seconds;
            made.cut(time).pause(time / 2, time / 2 + random.nextDouble());
        }
        return made.signals();
    }
}
