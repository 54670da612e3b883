package tv.tldr.api.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Which port may a server take on the loopback address? The usual one when nobody has it. */
public final class FreePort {
    private FreePort() {}

    /** {@code usual}, or any free one. Somebody else may take it before it is used: be ready to ask again. */
    public static int preferring(int usual) {
        return isFree(usual) ? usual : any();
    }

    /** Whether nobody listens there. */
    public static boolean isFree(int port) {
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
}
