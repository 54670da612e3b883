package tv.tldr.activities.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;
import tv.tldr.activities.egress.Canary;
import tv.tldr.activities.egress.Origin;
import tv.tldr.activities.media.FfmpegCommand;
import tv.tldr.activities.media.FfmpegFailure;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.activities.recording.HostileMedia.Fate;
import tv.tldr.activities.recording.HostileMedia.Medium;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.activities.storage.Sha256;
import tv.tldr.workflows.activity.FailureType;

/**
 * A hundred hostile files as files, as uploads and by URL: none reads another file or opens a connection, none takes long or
 * much memory, and each ends as it should. What is counted is written to {@code target/hostile-media.md}.
 */
class HostileMediaIT {
    private static final String SECRET = "canary-of-a-secret";
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final DataSize MOST = DataSize.ofMegabytes(512);

    @TempDir
    Path folder;

    private Path secret;
    private Canary canary;
    private Origin origin;
    private Memory memory;
    private final List<String> wrong = new ArrayList<>();
    private final Map<String, Count> counts = new TreeMap<>();

    /** Of one family of files. */
    private static final class Count {
        int files;
        int refused;
        int harmless;
        long longest;
        long most;
    }

    /** One way in. */
    private interface Way {
        void take(RecorderFixture recorder, Path file) throws IOException;
    }

    @BeforeEach
    void open() throws IOException {
        secret = Files.writeString(folder.resolve("secret.ts"), SECRET);
        // A file system that notes when a file was read last notes it when that was before it was written.
        Files.setAttribute(secret, "lastAccessTime", FileTime.from(Instant.EPOCH));
        canary = new Canary();
        origin = new Origin(Files.createDirectory(folder.resolve("site")));
        memory = new Memory();
    }

    @AfterEach
    void close() {
        memory.close();
        origin.close();
        canary.close();
    }

    @Test
    void noneReadsOrReachesWhatItMustNotNorTakesWhatOthersNeed() throws IOException {
        List<Medium> media = HostileMedia.all(folder, folder.resolve("site"), secret, canary.port());
        assertThat(media).extracting(Medium::name).doesNotHaveDuplicates().hasSizeGreaterThan(80);
        try (RecorderFixture recorder = new RecorderFixture(folder, sources(), TestMedia.WITHOUT_SANDBOX)) {
            for (Medium medium : media) {
                Path file = medium.file();
                check(
                        medium,
                        "file",
                        recorder,
                        file,
                        (fixture, at) -> fixture.record(at.toUri().toString()));
                check(medium, "upload", recorder, file, HostileMediaIT::upload);
                check(medium, "URL", recorder, file, (fixture, at) -> fixture.record(origin.url("/" + medium.name())));
            }
        }
        report();
        assertThat(wrong).isEmpty();
        assertThat(canary.hits()).isZero();
        assertThat(lastRead()).isEqualTo(FileTime.from(Instant.EPOCH));
        areReadByACarelessProgram(media);
    }

    /** A test that finds nothing finds nothing also when nothing was asked: opened without the guards, they do it. */
    private void areReadByACarelessProgram(List<Medium> media) throws IOException {
        for (String name : List.of("hls-http.mp4", "hls-file.mp4", "ffconcat-file.mp4")) {
            String file = media.stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .file()
                    .toString();
            run(List.of("-f", "hls", "-allowed_segment_extensions", "ALL", "-extension_picky", "0", "-i", file));
            run(List.of("-f", "concat", "-safe", "0", "-i", file));
        }
        assertThat(canary.hits()).isPositive();
        assertThat(lastRead()).isNotEqualTo(FileTime.from(Instant.EPOCH));
    }

    private FileTime lastRead() throws IOException {
        return Files.readAttributes(secret, BasicFileAttributes.class).lastAccessTime();
    }

    private void check(Medium medium, String way, RecorderFixture recorder, Path file, Way how) throws IOException {
        Count count = counts.computeIfAbsent(medium.family(), _ -> new Count());
        memory.reset();
        long begin = System.nanoTime();
        Throwable thrown = catchThrowable(() -> how.take(recorder, file));
        String type = type(thrown);
        if (thrown == null && medium.fate() == Fate.HARMLESS) {
            decode(file);
        }
        long millis = (System.nanoTime() - begin) / 1_000_000;
        count.files++;
        count.longest = Math.max(count.longest, millis);
        count.most = Math.max(count.most, memory.most());
        boolean isRefused = type.equals(FailureType.SOURCE_NOT_MEDIA.name());
        count.refused += isRefused ? 1 : 0;
        count.harmless += thrown == null ? 1 : 0;
        boolean isAsItShould = medium.fate() == Fate.REFUSED ? isRefused : thrown == null;
        if (!isAsItShould
                || millis > LONGEST.toMillis()
                || memory.most() > MOST.toBytes()
                || canary.hits() > 0
                || String.valueOf(thrown == null ? "" : thrown.getCause()).contains(SECRET)) {
            wrong.add("%s as %s: %s after %d ms with %d MB, %d hits (%s)"
                    .formatted(
                            medium,
                            way,
                            type,
                            millis,
                            memory.most() >> 20,
                            canary.hits(),
                            thrown == null ? "" : String.valueOf(thrown.getCause())));
        }
        recorder.store.delete(ObjectKeys.source(recorder.stream));
    }

    /** As whoever measures and cuts it later does. */
    private void decode(Path file) {
        List<String> arguments = new ArrayList<>(List.of("-threads", "2"));
        arguments.addAll(new MediaInput(file).arguments());
        arguments.addAll(List.of("-t", "2", "-f", "null", "-"));
        try {
            TestMedia.WITHOUT_SANDBOX.run(
                    FfmpegCommand.ffmpeg(folder, Duration.ofSeconds(20), arguments), progress -> {});
        } catch (FfmpegFailure damaged) {
            // Not everything in it can be decoded.
        }
    }

    private void run(List<String> input) {
        List<String> arguments = new ArrayList<>(List.of("-protocol_whitelist", "file,http,tcp,crypto,data"));
        arguments.addAll(input);
        try {
            TestMedia.WITHOUT_SANDBOX.run(
                    FfmpegCommand.ffprobe(folder, Duration.ofSeconds(10), arguments), progress -> {});
        } catch (FfmpegFailure noMedia) {
            // It has been there, which is what is asked.
        }
    }

    private static void upload(RecorderFixture recorder, Path file) throws IOException {
        ObjectKey part = new ObjectKey("uploads/part");
        recorder.store.put(part, file);
        recorder.upload.parts.clear();
        recorder.upload.parts.add(part);
        recorder.upload.size = Files.size(file);
        recorder.upload.sha256 = Sha256.of(file, _ -> {});
        recorder.record("upload:upl_01kb0000000000000000000000");
    }

    private static String type(@Nullable Throwable thrown) {
        return thrown == null
                ? "taken"
                : thrown.getCause() instanceof ApplicationFailure failure ? failure.getType() : String.valueOf(thrown);
    }

    private void report() throws IOException {
        StringBuilder report = new StringBuilder("""
                | what is hostile | files × ways | refused | harmless | hits | longest, ms | most memory, MB |
                | --- | --- | --- | --- | --- | --- | --- |
                """);
        counts.forEach((family, count) -> report.append("| %s | %d | %d | %d | %d | %d | %d |%n"
                .formatted(
                        family,
                        count.files,
                        count.refused,
                        count.harmless,
                        canary.hits(),
                        count.longest,
                        count.most >> 20)));
        Files.writeString(Path.of("target", "hostile-media.md"), report);
    }

    private SourceProperties sources() {
        SourceProperties all = RecorderFixture.impatient();
        return new SourceProperties(
                true,
                false,
                List.of(Origin.ADDRESS),
                Set.of(origin.port()),
                all.maxDuration(),
                DataSize.ofMegabytes(64),
                all.redirects(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                all.slowSize(),
                Duration.ofSeconds(60),
                all.resumes());
    }

    /** The most memory that any child of this process has had. Until it is another program, its memory is this one's. */
    private static final class Memory implements AutoCloseable {
        private static final Optional<String> OURS =
                ProcessHandle.current().info().command();

        private volatile boolean isOver;
        private volatile long most;

        Memory() {
            Thread.ofPlatform().daemon().start(this::watch);
        }

        void reset() {
            most = 0;
        }

        long most() {
            return most;
        }

        private void watch() {
            while (!isOver) {
                ProcessHandle.current()
                        .descendants()
                        .filter(child -> !child.info().command().equals(OURS))
                        .forEach(child -> most = Math.max(most, peak(child)));
                LockSupport.parkNanos(10_000_000);
            }
        }

        private static long peak(ProcessHandle child) {
            try {
                for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(child.pid()), "status"), UTF_8)) {
                    if (line.startsWith("VmHWM:")) {
                        return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
                    }
                }
            } catch (IOException gone) {
                // It has ended.
            }
            return 0;
        }

        @Override
        public void close() {
            isOver = true;
        }
    }
}
