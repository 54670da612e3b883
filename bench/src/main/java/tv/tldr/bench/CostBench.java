package tv.tldr.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tv.tldr.activities.gemini.standin.GeminiStandIn;
import tv.tldr.activities.gemini.standin.GeminiStandIn.Settings;
import tv.tldr.workflows.scoring.Strategy;
import tv.tldr.workflows.selection.Candidate;
import tv.tldr.workflows.selection.Difference;
import tv.tldr.workflows.selection.Difference.Kind;
import tv.tldr.workflows.selection.Difference.Moment;
import tv.tldr.workflows.selection.Selection;
import tv.tldr.workflows.signal.Signals;

/**
 * What part of the tokens of {@code ai_only} does {@code hybrid} take, and what part of its highlights does it find? With the
 * default options, and a stand-in for Gemini that answers from what moves and sounds in the clips it is sent.
 */
public final class CostBench {
    /** Seconds between two peaks of the same moment. */
    private static final double SAME_PEAK = 15;

    private final Laboratory laboratory = new Laboratory();
    private final GeminiStandIn standIn;
    private Totals sum = new Totals(0, 0, 0, 0, 0);

    private CostBench(GeminiStandIn standIn) {
        this.standIn = standIn;
    }

    /**
     * Of one video or of several.
     *
     * @param all tokens of {@code ai_only}
     * @param part tokens of {@code hybrid}
     * @param found highlights of the former that the latter has, too
     */
    private record Totals(double hours, long all, long part, int highlights, int found) {
        Totals plus(Totals other) {
            return new Totals(
                    hours + other.hours,
                    all + other.all,
                    part + other.part,
                    highlights + other.highlights,
                    found + other.found);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "tokens an hour %,.0f and %,.0f: %.1f %%; %d of %d highlights found",
                    all / hours,
                    part / hours,
                    100.0 * part / all,
                    found,
                    highlights);
        }
    }

    /** @param arguments {@code FILE…} */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0) {
            System.err.println("usage: CostBench FILE…");
            System.exit(2);
        }
        Path folder = Files.createDirectories(Path.of("target", "stand-in").toAbsolutePath());
        Settings settings = new Settings("none", List.of("gemini-3.8-flash"), Integer.MAX_VALUE, 0);
        try (GeminiStandIn standIn =
                new GeminiStandIn(settings, 0, folder, new Laboratory().ffmpeg(), Clock.systemUTC())) {
            CostBench bench = new CostBench(standIn);
            for (Path file : Stream.of(arguments).map(Path::of).toList()) {
                bench.compare(file);
            }
            System.out.println("all: " + bench.sum);
        }
    }

    private void compare(Path file) throws IOException {
        Signals signals = laboratory.whole(file, false);
        ModelRun run = new ModelRun(laboratory, file, signals, KnownMoments.beside(file), standIn.url());
        ModelRun.Result all = run.with(Strategy.AI_ONLY);
        ModelRun.Result part = run.with(Strategy.HYBRID);
        List<Moment> wanted =
                all.selection().kept().stream().map(CostBench::moment).toList();
        Totals totals = new Totals(signals.seconds() / 3600.0, all.tokens(), part.tokens(), wanted.size(), (int)
                found(wanted, part.selection()));
        sum = sum.plus(totals);
        System.out.printf(
                Locale.ROOT,
                "%s: %d s; ai_only %d questions about %.0f s and %d tokens for comparing, hybrid %d about %.0f s and %d; %s%n",
                file.getFileName(),
                signals.seconds(),
                all.windows().size(),
                all.secondsAsked(),
                all.comparing(),
                part.windows().size(),
                part.secondsAsked(),
                part.comparing(),
                totals);
        System.out.println("  ai_only " + text(all.selection()));
        System.out.println("  hybrid  " + text(part.selection()));
    }

    private static String text(Selection selection) {
        return String.join(
                ", ",
                selection.kept().stream()
                        .map(one -> String.format(
                                Locale.ROOT,
                                "%.0f–%.0f s (peak %.0f, %.2f)",
                                one.range().start(),
                                one.range().end(),
                                one.peak(),
                                one.confidence()))
                        .toList());
    }

    private static long found(List<Moment> wanted, Selection selection) {
        List<Moment> missing = Difference.between(wanted, selection).changes().stream()
                .filter(change -> change.kind() == Kind.REMOVED)
                .map(Difference.Change::before)
                .toList();
        return wanted.stream()
                .filter(one -> !missing.contains(one)
                        || selection.kept().stream().anyMatch(kept -> Math.abs(kept.peak() - one.peak()) <= SAME_PEAK))
                .count();
    }

    private static Moment moment(Candidate kept) {
        return new Moment(null, kept.range(), kept.peak(), kept.confidence(), kept.type());
    }
}
