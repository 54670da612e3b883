package tv.tldr.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The yardstick as a process of its own: one worker of uvicorn.
 *
 * @param address without a path
 */
record PythonServer(Process process, URI address) implements AutoCloseable {
    private static final int POLL_MILLIS = 100;

    /** @param settings that {@code server.py} finds in its environment */
    static PythonServer start(Path python, Path folder, Map<String, String> settings, Path home)
            throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ProcessBuilder builder = new ProcessBuilder(
                        python.toString(),
                        "-m",
                        "uvicorn",
                        "--app-dir",
                        folder.toString(),
                        "server:app",
                        "--port",
                        Integer.toString(port),
                        "--no-access-log")
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("python.log").toFile());
        builder.environment().putAll(settings);
        Process process = builder.start();
        while (!isOpen(port)) {
            if (!process.isAlive()) {
                throw new IOException("the yardstick ended: see " + home.resolve("python.log"));
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return new PythonServer(process, URI.create("http://127.0.0.1:" + port));
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
