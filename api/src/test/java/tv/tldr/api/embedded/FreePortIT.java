package tv.tldr.api.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreePortIT {
    private static final int STARTS = 4;

    @Test
    void processesThatStartAtTheSameMomentChooseDifferentPorts() throws Exception {
        int usual = unused();
        List<Chooser> choosers = new ArrayList<>();
        try {
            for (int start = 0; start < STARTS; start++) {
                choosers.add(new Chooser(usual));
            }
            List<Integer> ports = new ArrayList<>();
            for (Chooser chooser : choosers) {
                ports.add(chooser.port());
            }

            // Nobody listens on any of them yet.
            assertThat(ports).doesNotHaveDuplicates().contains(usual);
            assertThat(FreePort.take(usual)).isFalse();

            choosers.get(ports.indexOf(usual)).kill();
            assertThat(FreePort.take(usual)).isTrue();
        } finally {
            for (Chooser chooser : choosers) {
                chooser.kill();
            }
        }
    }

    @Test
    void twoServersOfOneProcessGetDifferentPorts() throws IOException {
        int usual = unused();

        assertThat(FreePort.preferring(usual)).isEqualTo(usual);
        assertThat(FreePort.preferring(usual)).isNotEqualTo(usual);
    }

    @Test
    void givesWayToAProgramThatListens() throws IOException {
        try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePort.isServed(stranger.getLocalPort())).isTrue();
            assertThat(FreePort.take(stranger.getLocalPort())).isFalse();
            assertThat(FreePort.preferring(stranger.getLocalPort())).isNotEqualTo(stranger.getLocalPort());
        }
    }

    @Test
    void whatIsSuggestedIsLeftToWhoeverAsked() throws IOException {
        int usual = unused();

        assertThat(FreePort.suggesting(usual)).isEqualTo(usual);
        assertThat(FreePort.take(usual)).isTrue();
        assertThat(FreePort.suggesting(65_536)).isLessThan(65_536);
        try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePort.suggesting(stranger.getLocalPort())).isNotEqualTo(stranger.getLocalPort());
        }
    }

    private static int unused() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A process that chooses a port, tells which and keeps it until it is killed. */
    static final class Chooser {
        private final Process process;
        private final BufferedReader out;

        Chooser(int usual) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Chooser.class.getName(),
                            String.valueOf(usual))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            out = process.inputReader();
        }

        public static void main(String[] arguments) throws IOException {
            IO.println(FreePort.preferring(Integer.parseInt(arguments[0])));
            // Until whoever started it lets go of its stdin, by ending at the latest.
            System.in.transferTo(System.out);
        }

        int port() throws IOException {
            return Integer.parseInt(out.readLine());
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }
}
