package tv.tldr.api.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.unit.DataSize;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.media.FfmpegCommand;
import tv.tldr.activities.media.FfmpegFailure;
import tv.tldr.activities.media.FfmpegLimits;
import tv.tldr.activities.media.FfmpegPrograms;
import tv.tldr.api.embedded.Setting;

/** Does FFmpeg start, and has it what streams are measured and cut with? */
record MediaExaminer(Patient patient) implements Examiner {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Pattern RELEASE = Pattern.compile("version n?([0-9]{1,3})\\.([0-9]{1,3})");
    private static final int[] PACKED = {8, 1};
    private static final List<String> ENCODERS = List.of("libx264", "aac", "mjpeg", "libmp3lame");
    private static final List<String> DECODERS = List.of("h264", "hevc", "aac", "mp3");
    private static final List<String> FILTERS = List.of("ebur128", "ametadata", "astats", "scale", "trim", "atrim");

    @Override
    public String area() {
        return "media";
    }

    @Override
    public void examine(Chart chart) throws IOException {
        Optional<Path> configured = patient.settings().get(Setting.FFMPEG_PATH).map(Path::of);
        Path unpacked = patient.home().folder().resolve("ffmpeg");
        if (configured.isEmpty() && FfmpegPrograms.arePacked() && !Files.isDirectory(unpacked)) {
            chart.passOver("the packed one is unpacked by the first start", CheckCatalogue.ofArea(area()));
            return;
        }
        Path folder = Files.createTempDirectory("tldr-doctor");
        try {
            FfmpegPrograms programs = FfmpegPrograms.find(configured, unpacked);
            FfmpegLimits limits = new FfmpegLimits(
                    DataSize.parse(patient.value("FFMPEG_MEMORY")),
                    DataSize.parse(patient.value("FFMPEG_FILE_SIZE")),
                    Boolean.parseBoolean(patient.value("FFMPEG_SANDBOX")));
            Ffmpeg ffmpeg = new Ffmpeg(programs, limits);
            if (limits.sandbox() && !ffmpeg.isSandboxed()) {
                chart.found("ffmpeg-sandbox", "bubblewrap is not there, or may not make user namespaces");
            }
            age(chart, said(ffmpeg, FfmpegCommand.Program.FFPROBE, folder, "-version"));
            List<String> missing = Stream.of(
                            missing(ffmpeg, folder, "-encoders", ENCODERS),
                            missing(ffmpeg, folder, "-decoders", DECODERS),
                            missing(ffmpeg, folder, "-filters", FILTERS))
                    .flatMap(List::stream)
                    .toList();
            if (!missing.isEmpty()) {
                chart.found(
                        "ffmpeg-codec",
                        programs.ffmpeg() + " lacks " + String.join(", ", missing),
                        "missing",
                        String.join(", ", missing));
            }
        } catch (IllegalStateException | FfmpegFailure failure) {
            chart.found("ffmpeg-missing", String.valueOf(failure.getMessage()));
            chart.passOver("see ffmpeg-missing", CheckCatalogue.ofArea(area()));
        } finally {
            Files.delete(folder);
        }
    }

    private static void age(Chart chart, String version) {
        release(version)
                .filter(release -> Arrays.compare(release, PACKED) < 0)
                .ifPresent(release -> chart.found(
                        "ffmpeg-old",
                        "it is " + release[0] + "." + release[1] + ", the packed one " + PACKED[0] + "." + PACKED[1]));
    }

    /** Major and minor number; empty: a build between releases. */
    static Optional<int[]> release(String version) {
        Matcher numbers = RELEASE.matcher(version);
        return numbers.find()
                ? Optional.of(new int[] {Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2))})
                : Optional.empty();
    }

    /** Each line that names one begins with flags. */
    private static List<String> missing(Ffmpeg ffmpeg, Path folder, String what, List<String> wanted) {
        Set<String> there = said(ffmpeg, FfmpegCommand.Program.FFMPEG, folder, what)
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length > 1)
                .map(words -> words[1])
                .collect(Collectors.toSet());
        String kind = what.substring(1, what.length() - 1);
        return wanted.stream()
                .filter(name -> !there.contains(name))
                .map(name -> kind + " " + name)
                .toList();
    }

    private static String said(Ffmpeg ffmpeg, FfmpegCommand.Program program, Path folder, String... arguments) {
        List<String> all = Stream.concat(Stream.of("-hide_banner"), Arrays.stream(arguments))
                .toList();
        return ffmpeg.run(new FfmpegCommand(program, all, folder, PATIENCE), progress -> {})
                .stdout();
    }

    /** Of a setting that names one below {@code .tldr} unless it is set. */
    static Path folder(Patient patient, String setting) {
        return patient.settings().get(setting).map(Path::of).orElseGet(() -> patient.home()
                .folder()
                .resolveSibling(patient.value(setting)
                        .replaceFirst(
                                "^\\.tldr",
                                patient.home().folder().getFileName().toString())));
    }
}
