package tv.tldr.activities;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Where do tests keep what they fetch once for all runs? In folders below {@code .tldr} of the project, one build at a time. */
public final class ProjectFolder {
    private ProjectFolder() {}

    /** The project's own folder. */
    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("tldr"))) {
            folder = Objects.requireNonNull(folder.getParent(), "the tests run outside of the project");
        }
        return folder;
    }

    /** What fills a folder. */
    @FunctionalInterface
    public interface Filling {
        void into(Path folder) throws IOException;
    }

    /** A folder of this name below {@code .tldr}; whoever waited for another build finds it filled, and so must look first. */
    public static Path filled(String name, Filling filling) {
        Path folder = root().resolve(".tldr").resolve(name);
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                if (lock.isValid()) {
                    filling.into(folder);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    /** Runs a program to its end. */
    public static void run(Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process child = builder.start();
        try (InputStream said = child.getInputStream()) {
            String words = new String(said.readAllBytes(), StandardCharsets.UTF_8);
            if (child.waitFor() != 0) {
                throw new IOException(command + " ended with " + child.exitValue() + ": " + words);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command + " ran", e);
        }
    }
}
