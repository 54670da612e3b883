package tv.tldr.activities.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Unpacks the FFmpeg programs of the Maven jar once. The folder appears under its final name only when it is complete, so
 * that a crash or a second process can never start half a program.
 */
final class FfmpegArchive {
    private FfmpegArchive() {}

    static Path unpackInto(Path cache, FfmpegBuild build) throws IOException {
        Path folder = cache.toAbsolutePath().resolve(version(build));
        if (Files.isDirectory(folder)) {
            return folder;
        }
        Files.createDirectories(cache);
        Path unfinished = Files.createTempDirectory(cache.toAbsolutePath(), ".unpacking-");
        try {
            for (String name : build.files()) {
                unpack(build.resources() + name, unfinished.resolve(name));
            }
            for (String name : build.askingForDevices()) {
                ElfImports.drop(unfinished.resolve(name), build.deviceLibraries());
            }
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // When another process was faster, what it put there is complete; systems differ in how they say so.
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        } finally {
            removeAll(unfinished);
        }
        return folder;
    }

    /** The version with a mark for how we prepare it: prepared differently, it is unpacked anew. */
    private static String version(FfmpegBuild build) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = resource("/META-INF/maven/org.bytedeco/ffmpeg/pom.properties")) {
            properties.load(in);
        }
        return properties.getProperty("version") + "-" + build.classifier() + "-2";
    }

    private static void unpack(String packed, Path target) throws IOException {
        try (InputStream in = resource(packed)) {
            Files.copy(in, target);
        }
        if (!target.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + target + " executable");
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = FfmpegArchive.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException("the program was packed without " + name);
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
