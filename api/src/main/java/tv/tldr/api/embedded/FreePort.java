package tv.tldr.api.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which port may a server take on the loopback address? The usual one when nobody has it. What one process has chosen no
 * other one of the same user chooses while the first runs, so that several may start at the same moment.
 */
public final class FreePort {
    private static final int LAST = 65_535;

    /** A byte a port, locked by whoever has chosen it. It is never closed: that would give up all locks at once. */
    private static final @Nullable FileChannel CHOICES = choices();

    private static final Set<FileLock> OURS = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /** {@code usual}, or any free one. A stranger may take it before it is used: be ready to ask again. */
    public static int preferring(int usual) {
        int port = usual;
        while (!take(port)) {
            port = any();
        }
        return port;
    }

    /** {@code usual}, or any that is free now: for somebody else to take, and so not taken here. */
    public static int suggesting(int usual) {
        return usual <= LAST && isFree(usual) ? usual : any();
    }

    /** Whether nobody has it; then it is this process's until it ends, however it ends. */
    public static boolean take(int port) {
        if (CHOICES == null) {
            return isFree(port);
        }
        try {
            FileLock choice = CHOICES.tryLock(port, 1, false);
            if (choice == null) {
                return false;
            }
            if (isFree(port)) {
                return OURS.add(choice);
            }
            choice.release();
            return false;
        } catch (OverlappingFileLockException chosenHere) {
            return false;
        } catch (IOException noLocks) {
            return isFree(port);
        }
    }

    /** Whether somebody listens there. Unlike a trial of the port, to ask keeps nobody from it who is about to. */
    public static boolean isServed(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // A port in TIME_WAIT after our own last run is free for a server.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static int any() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on the loopback address", e);
        }
    }

    /** Null where there can be no such file: a start at the same moment may then fail, as with a stranger's. */
    private static @Nullable FileChannel choices() {
        Path file = Path.of(
                System.getProperty("java.io.tmpdir"), "tldr-ports-" + System.getProperty("user.name") + ".lock");
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            return null;
        }
    }
}
