package tv.tldr.activities.recording;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.tldr.workflows.stream.StreamId;

/**
 * What was downloaded of a stream's source so far, under a name that the stream's next attempt finds, in this process or,
 * after a kill, in another. Held by one attempt at a time: the system gives it free when the holder's process ends,
 * however that ends. Closing removes it, unless it was to be kept for the next attempt.
 */
final class PartialFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PartialFile.class);
    private static final String PREFIX = "download-";
    private static final String LOCK = ".lock";
    /** Temporal gives the activity up a day after it was first scheduled. */
    private static final Duration NEVER_RETURNS_AFTER = Duration.ofDays(1);
    /** Locks are a process's: to open and close a lock's file once more in this one would give it free. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path content;
    private final Path version;
    private final Path lock;
    private final FileChannel held;
    private boolean kept;

    private PartialFile(Path lock, FileChannel held) {
        this.content = contentOf(lock);
        this.version = content.resolveSibling(content.getFileName() + ".version");
        this.lock = lock;
        this.held = held;
    }

    /** What there is of this stream, be it nothing yet; empty while another attempt holds it. */
    static Optional<PartialFile> take(Path scratch, StreamId stream) throws IOException {
        Files.createDirectories(scratch);
        return take(scratch.toAbsolutePath().resolve(PREFIX + stream + LOCK));
    }

    /** Removes what no attempt holds and none will come back to. */
    static void sweep(Path scratch, Instant now) {
        Instant since = now.minus(NEVER_RETURNS_AFTER);
        if (!Files.isDirectory(scratch)) {
            return;
        }
        try (Stream<Path> files = Files.list(scratch.toAbsolutePath())) {
            for (Path lock : files.filter(PartialFile::isLock).toList()) {
                if (isOlder(lock, since)) {
                    take(lock).ifPresent(partial -> partial.closeIfOlder(since));
                }
            }
        } catch (IOException e) {
            LOG.warn("could not look for given-up downloads in the scratch folder {}", scratch, e);
        }
    }

    /** The bytes so far; need not exist yet. */
    Path content() {
        return content;
    }

    /** Which content the bytes are a part of; {@link SourceVersion#UNKNOWN} when they cannot be added to. */
    SourceVersion version() throws IOException {
        try {
            String[] lines = Files.readString(version).split("\n", -1);
            // A kill may have cut the note short; then it lacks the last line's end.
            return lines.length == 3 && Files.exists(content)
                    ? new SourceVersion(lines[1], Long.parseLong(lines[0]))
                    : SourceVersion.UNKNOWN;
        } catch (NoSuchFileException | NumberFormatException e) {
            return SourceVersion.UNKNOWN;
        }
    }

    /** Empties it for another content. At no moment are there bytes beside the version of others. */
    void begin(SourceVersion of) throws IOException {
        Files.deleteIfExists(version);
        Files.deleteIfExists(content);
        if (of.isKnown()) {
            Files.createFile(content);
            Files.writeString(version, of.size() + "\n" + of.validator() + "\n");
        }
    }

    /** Leaves it to the next attempt, if that could add to it. */
    void keep() {
        try {
            kept = version().isKnown();
        } catch (IOException e) {
            LOG.warn("could not keep the download {}", content, e);
        }
    }

    @Override
    public void close() {
        try {
            if (!kept) {
                // The lock's file goes last: it is by these that a sweep finds all others.
                Files.deleteIfExists(version);
                Files.deleteIfExists(content);
                Files.deleteIfExists(lock);
            }
        } catch (IOException e) {
            LOG.warn("could not remove the download {}; a later sweep will", content, e);
        } finally {
            release(lock, held);
        }
    }

    private static Optional<PartialFile> take(Path lock) throws IOException {
        if (!HELD_HERE.add(lock)) {
            return Optional.empty();
        }
        boolean taken = false;
        FileChannel channel = null;
        try {
            channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            // The holder before may have removed the file since it was opened, and with it what the lock is good for.
            taken = channel.tryLock() != null && Files.exists(lock);
            return taken ? Optional.of(new PartialFile(lock, channel)) : Optional.empty();
        } finally {
            if (!taken) {
                release(lock, channel);
            }
        }
    }

    private static void release(Path lock, @Nullable FileChannel channel) {
        // Closed before another attempt here may open it.
        try (channel) {
            LOG.trace("{} is free", lock);
        } catch (IOException e) {
            LOG.warn("could not close {}", lock, e);
        } finally {
            HELD_HERE.remove(lock);
        }
    }

    private void closeIfOlder(Instant since) {
        kept = !isOlder(lock, since);
        close();
    }

    private static boolean isOlder(Path lock, Instant since) {
        Path content = contentOf(lock);
        try {
            Path newest = Files.exists(content) ? content : lock;
            return Files.getLastModifiedTime(newest).toInstant().isBefore(since);
        } catch (IOException justRemoved) {
            return false;
        }
    }

    private static Path contentOf(Path lock) {
        String name = lock.getFileName().toString();
        return lock.resolveSibling(name.substring(0, name.length() - LOCK.length()));
    }

    private static boolean isLock(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(PREFIX) && name.endsWith(LOCK);
    }
}
