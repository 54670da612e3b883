package tv.tldr.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tv.tldr.activities.media.FfmpegCommand;

/**
 * How long does a video take through the whole program, from the submission to the last of ten clips of 30 s, compared with
 * FFmpeg that only encodes those clips? Taking turns on this machine, and what memory it takes.
 */
public final class AnalysisBench {
    private static final String OPTIONS = "{\"min_duration\":30,\"max_duration\":30,\"highlight_threshold\":0,"
            + "\"merge_threshold\":0,\"max_highlights\":10}";
    private static final Duration LIMIT = Duration.ofHours(1);

    private final Laboratory laboratory = new Laboratory();
    private final Path folder;
    private final Path video;
    private final int seconds;

    private AnalysisBench(Path source, int seconds) throws IOException {
        this.folder = Files.createDirectories(Path.of("target", "bench").toAbsolutePath());
        this.seconds = seconds;
        this.video = new TestVideo(laboratory.ffmpeg(), folder).make(source, seconds);
    }

    /** @param arguments {@code JAR FILE [SECONDS [RUNS]]}: the program, what the video is made of, its length; 600, 3 */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 2) {
            System.err.println("usage: AnalysisBench JAR FILE [SECONDS [RUNS]]");
            System.exit(2);
        }
        int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 600;
        int runs = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 3;
        new AnalysisBench(Path.of(arguments[1]), seconds)
                .run(Path.of(arguments[0]).toAbsolutePath(), runs);
    }

    private void run(Path jar, int runs) throws Exception {
        try (WholeProgram program = WholeProgram.start(jar, folder.resolve("home"), "512m");
                PeakMemory memory = PeakMemory.watch()) {
            List<Double> starts = new ArrayList<>();
            program.analyse(video, OPTIONS)
                    .forEach(
                            highlight -> starts.add(highlight.path("start_time").asDouble()));
            List<Cost> whole = new ArrayList<>();
            List<Cost> oneByOne = new ArrayList<>();
            List<Cost> twoAtOnce = new ArrayList<>();
            for (int i = 0; i < runs; i++) {
                whole.add(Cost.of(() -> analyse(program)));
                oneByOne.add(Cost.of(() -> encode(starts, 1, 2)));
                twoAtOnce.add(Cost.of(() -> encode(starts, 2, 1)));
            }
            double one = Cost.median(oneByOne).seconds();
            double two = Cost.median(twoAtOnce).seconds();
            double took = Cost.median(whole).seconds();
            say("%d s of 720p, %d clips of 30 s, medians of %d runs", seconds, starts.size(), runs);
            say("FFmpeg alone, one clip at a time     %7.2f s", one);
            say("FFmpeg alone, two clips at a time    %7.2f s", two);
            say("the whole program                    %7.2f s: %.3f of the video's length", took, took / seconds);
            say("  without 3 s, to the quicker FFmpeg  %6.3f", (took - 3) / Math.min(one, two));
            say("heap at most %.0f MB of 512", program.peakHeap() / (1 << 20));
            say("virtual machine at most %d MB", program.peakResident() >> 20);
            say("with PostgreSQL, Temporal and FFmpeg at most %d MB", memory.children() >> 20);
        }
    }

    private JsonNode analyse(WholeProgram program) {
        try {
            return program.analyse(video, OPTIONS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The same encoder with the same settings as the program's, and nothing else. */
    private void encode(List<Double> starts, int atOnce, int threads) {
        try (ExecutorService executor = Executors.newFixedThreadPool(atOnce)) {
            List<Callable<Object>> clips = new ArrayList<>();
            for (double start : starts) {
                clips.add(() -> {
                    encode(start, threads);
                    return start;
                });
            }
            for (Future<Object> clip : executor.invokeAll(clips)) {
                clip.get();
            }
        } catch (Exception e) {
            throw new IllegalStateException("encoding failed", e);
        }
    }

    private void encode(double start, int threads) {
        Path clip = folder.resolve("clip-" + start + ".mp4");
        String each = Integer.toString(threads);
        List<String> words = new ArrayList<>(List.of("-threads", each, "-ss", Double.toString(start)));
        words.addAll(
                List.of("-i", video.toString(), "-t", "30", "-c:v", "libx264", "-preset", "veryfast", "-crf", "21"));
        words.addAll(List.of("-pix_fmt", "yuv420p", "-threads:v", each, "-c:a", "aac", "-b:a", "160k"));
        words.addAll(List.of("-movflags", "+faststart", clip.toString()));
        laboratory.ffmpeg().run(FfmpegCommand.ffmpeg(folder, LIMIT, words), progress -> {});
    }

    private static void say(String line, Object... values) {
        System.out.printf(Locale.ROOT, line + "%n", values);
    }
}
