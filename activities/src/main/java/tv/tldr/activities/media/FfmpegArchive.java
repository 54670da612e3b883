package tv.tldr.activities.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Unpacks the FFmpeg programs of the Maven jar once. The folder appears under its final name only when it is complete, so
 * that a crash or a second process can never start half a program.
 */
final class FfmpegArchive {
    private static final String PLATFORM = "linux-x86_64-gpl";
    private static final String RESOURCES = "/org/bytedeco/ffmpeg/" + PLATFORM + "/";
    private static final List<String> FILES = List.of(
            "ffmpeg",
            "ffprobe",
            "libavcodec.so.62",
            "libavdevice.so.62",
            "libavfilter.so.11",
            "libavformat.so.62",
            "libavutil.so.60",
            "libdrm.so.2",
            "libswresample.so.6",
            "libswscale.so.9",
            "libva-drm.so.2",
            "libva.so.2");
    /** Sound cards and screens, which servers and containers have no libraries for and which we never open. */
    private static final Set<String> DEVICE_LIBRARIES =
            Set.of("libxcb.so.1", "libxcb-shm.so.0", "libasound.so.2", "libpulse.so.0", "libudev.so.1");

    private FfmpegArchive() {}

    static Path unpackInto(Path cache) throws IOException {
        Path folder = cache.toAbsolutePath().resolve(version());
        if (Files.isDirectory(folder)) {
            return folder;
        }
        Files.createDirectories(cache);
        Path unfinished = Files.createTempDirectory(cache.toAbsolutePath(), ".unpacking-");
        try {
            for (String name : FILES) {
                unpack(name, unfinished.resolve(name));
            }
            ElfImports.drop(unfinished.resolve("libavdevice.so.62"), DEVICE_LIBRARIES);
            ElfImports.drop(unfinished.resolve("libavutil.so.60"), DEVICE_LIBRARIES);
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            // Another process was faster; what it put there is complete.
            return folder;
        } finally {
            removeAll(unfinished);
        }
        return folder;
    }

    /** The version with a mark for how we prepare it: prepared differently, it is unpacked anew. */
    private static String version() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = resource("/META-INF/maven/org.bytedeco/ffmpeg/pom.properties")) {
            properties.load(in);
        }
        return properties.getProperty("version") + "-" + PLATFORM + "-1";
    }

    private static void unpack(String name, Path target) throws IOException {
        try (InputStream in = resource(RESOURCES + name)) {
            Files.copy(in, target);
        }
        if (!target.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + target + " executable");
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = FfmpegArchive.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException("the program was packed without FFmpeg for " + PLATFORM + " (" + name + ")");
        }
        return in;
    }

    static void removeAll(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(FfmpegArchive::remove);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
