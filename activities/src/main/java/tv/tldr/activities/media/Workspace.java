package tv.tldr.activities.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;
import tv.tldr.activities.StorageFullException;

/**
 * A scratch folder for one job, which is gone when the job is, however it ended. Its name carries the process that made
 * it, so that {@link #sweep} can tell what a killed process left behind.
 */
public final class Workspace implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workspace.class);
    private static final String PREFIX = "job-";

    private final Path folder;

    private Workspace(Path folder) {
        this.folder = folder;
    }

    /**
     * A new empty folder below {@code root}.
     *
     * @param needed free space without which the job need not begin
     * @throws StorageFullException when there is less
     */
    public static Workspace open(Path root, DataSize needed) {
        try {
            Files.createDirectories(root);
            long free = Files.getFileStore(root).getUsableSpace();
            if (free < needed.toBytes()) {
                throw new StorageFullException(
                        "the scratch folder has " + (free >> 20) + " MiB free, and " + needed.toMegabytes()
                                + " MiB are needed: free some space or set SCRATCH_DIR to a larger disk");
            }
            String owner = PREFIX + ProcessHandle.current().pid() + "-" + startOf(ProcessHandle.current()) + "-";
            return new Workspace(Files.createTempDirectory(root.toAbsolutePath(), owner));
        } catch (IOException e) {
            throw new UncheckedIOException("could not make a scratch folder: " + e.getMessage(), e);
        }
    }

    /** Removes what processes that are gone have left below {@code root}; to be called once at start. */
    public static void sweep(Path root) {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> folders = Files.list(root)) {
            folders.filter(Workspace::isOrphan).forEach(Workspace::remove);
        } catch (IOException e) {
            LOG.warn("could not look for leftovers in the scratch folder {}", root, e);
        }
    }

    /** The folder itself, absolute. */
    public Path folder() {
        return folder;
    }

    /** A file in it, which need not exist yet. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() {
        remove(folder);
    }

    private static boolean isOrphan(Path folder) {
        String[] words = folder.getFileName().toString().split("-", 4);
        if (words.length < 4 || !words[0].equals("job")) {
            return false;
        }
        try {
            return ProcessHandle.of(Long.parseLong(words[1]))
                    .filter(owner -> Long.toString(startOf(owner)).equals(words[2]))
                    .isEmpty();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Tells a process from a later one with the same number; 0 when the system does not say. */
    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static void remove(Path folder) {
        try {
            FfmpegArchive.removeAll(folder);
        } catch (IOException e) {
            // The job's outcome stands; the next start sweeps what is left.
            LOG.warn("could not remove the scratch folder {}", folder, e);
        }
    }
}
