package tv.tldr.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tv.tldr.activities.media.FfmpegCommand;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.stream.Segmentation;

/**
 * How long does measuring a file take, compared with only decoding it? Both on this machine, in this run, taking turns, so
 * that whatever else the machine does weighs on both.
 */
public final class MeasureBench {
    private static final int RUNS = 5;
    /** As many segments at once as a worker measures: one a core. */
    private static final int AT_ONCE = Runtime.getRuntime().availableProcessors();

    private static final Duration LIMIT = Duration.ofHours(1);

    private final Laboratory laboratory = new Laboratory();
    private final Path folder;
    private final Path file;

    private MeasureBench(Path source, int seconds) throws IOException {
        this.folder = Files.createDirectories(Path.of("target", "bench").toAbsolutePath());
        this.file = new TestVideo(laboratory.ffmpeg(), folder).make(source, seconds);
    }

    /** @param arguments {@code FILE [SECONDS]}: what the test video is made of, and how long it is; 600 */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 1) {
            System.err.println("usage: MeasureBench FILE [SECONDS]");
            System.exit(2);
        }
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 600;
        new MeasureBench(Path.of(arguments[0]), seconds).run();
    }

    private void run() throws Exception {
        MediaFacts facts = laboratory.facts(file);
        measure(facts, false);
        List<Cost> decode = new ArrayList<>();
        List<Cost> keyframes = new ArrayList<>();
        List<Cost> thorough = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            decode.add(Cost.of(() -> laboratory
                    .ffmpeg()
                    .run(
                            FfmpegCommand.ffmpeg(folder, LIMIT, List.of("-i", file.toString(), "-f", "null", "-")),
                            progress -> {})));
            keyframes.add(Cost.of(() -> measure(facts, false)));
            thorough.add(Cost.of(() -> measure(facts, true)));
        }
        System.out.printf(
                Locale.ROOT, "%.0f s of 720p, %d at once, medians of %d runs%n", facts.duration(), AT_ONCE, RUNS);
        tell("decode alone", decode, decode);
        tell("measure", keyframes, decode);
        tell("measure, thorough", thorough, decode);
        // On runs of its own: looking costs time.
        try (PeakMemory memory = PeakMemory.watch()) {
            measure(facts, false);
            memory.tell("measure");
            measure(facts, true);
            memory.tell("measure, thorough");
        }
    }

    private static void tell(String what, List<Cost> costs, List<Cost> decode) {
        Cost cost = Cost.median(costs);
        Cost alone = Cost.median(decode);
        System.out.printf(
                Locale.ROOT,
                "%-18s %7.2f s (%.3f of decoding), %7.2f s of CPU (%.3f of decoding)%n",
                what,
                cost.seconds(),
                cost.seconds() / alone.seconds(),
                cost.cpuSeconds(),
                cost.cpuSeconds() / alone.cpuSeconds());
    }

    private void measure(MediaFacts facts, boolean thorough) {
        int count = new Segmentation(facts.duration()).count();
        try (ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Callable<Object>> segments = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int index = i;
                segments.add(() -> laboratory.segment(file, facts, index, thorough));
            }
            for (Future<Object> segment : executor.invokeAll(segments)) {
                segment.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("measuring failed", e);
        }
    }
}
