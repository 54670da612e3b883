package tv.tldr.api.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The right to run on a {@link Home}: at most one process has it. The operating system takes it back when the process
 * dies, however it dies. The file itself stays, since removing it would let two processes lock two files of one name.
 */
public final class InstanceLock implements AutoCloseable {
    private final FileChannel channel;

    private InstanceLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Empty when another process, or this one, has it already. */
    public static Optional<InstanceLock> tryAcquire(Home home) throws IOException {
        home.create();
        FileChannel channel = FileChannel.open(home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
            return locked ? Optional.of(new InstanceLock(channel)) : Optional.empty();
        } catch (OverlappingFileLockException inThisProcess) {
            return Optional.empty();
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    /** Whether somebody has it. Makes nothing. */
    public static boolean isTaken(Home home) throws IOException {
        if (Files.notExists(home.lock())) {
            return false;
        }
        Optional<InstanceLock> free = tryAcquire(home);
        free.ifPresent(InstanceLock::close);
        return free.isEmpty();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
