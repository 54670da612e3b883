package tv.tldr.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What somebody sends who means no good: each is refused as the client's fault, or ended, and costs the service little. */
class HostileRequestsIT {
    private static final String STREAMS = "/api/v1/streams";
    private static final int CROWD = 3000;

    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller("admin");

    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                "{\"source_url\": \"https://media.example.com/\u00ff.mp4\"}",
                "{\"source_url\": \"https://media.example.com/\u00c0\u00af.mp4\"}",
                "{\"source_url\": \"https://media.example.com/\u00ed\u00a0\u0080.mp4\"}",
                "{\"source_url\": \"a\", \"source_url\": \"b\"}",
                "{\"source_url\": \"https://media.example.com/a.mp4\"} {}",
                "{\"source_url\": \"https://media.example.com/a.mp4\"",
                "{\"source_url\": \"https://media.example.com/a.mp4\", \"metadata\": {\"a\": \"\\u0000\"}}",
                "{\"source_url\": \"https://media.example.com/\\u0000.mp4\"}",
                "{\"source_url\": \"https://media.example.com/a.mp4\", \"options\": {\"min_duration\": 1e999999999}}",
                "{\"source_url\": \"https://media.example.com/a.mp4\", \"options\": {\"min_duration\": 1e9999999999999999}}",
                "{\"source_url\": \"https://media.example.com/a.mp4\", \"options\": {\"min_duration\": NaN}}",
                "{\"source_url\": \"https://media.example.com/a.mp4\", \"metadata\": {\"a\": 1e-20000}}",
                "\u00ff\u00fe{\u0000}\u0000",
                "[]",
                "null",
                "\"{}\"",
                "\u0000"
            })
    void aBodyThatIsNotWhatItShouldBeIsRefused(String bytes) throws IOException {
        String answer = raw(post(bytes));

        assertThat(answer).startsWith("HTTP/1.1 400").contains("VALIDATION_ERROR");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST /api/v1/streams | Content-Type: garbage | 415",
                "POST /api/v1/streams | Content-Type: | 415",
                "POST /api/v1/streams | Content-Type: application/json\\r\\nContent-Encoding: gzip | 415",
                "POST /api/v1/streams/str_1/stop | Content-Type: garbage | 4",
                "PATCH /api/v1/uploads/upl_1 | Tus-Resumable: 1.0.0\\r\\nUpload-Offset: 0\\r\\nContent-Type: garbage | 4",
                "GET /metrics | Accept: | ",
                "GET /metrics | Accept: garbage | 4",
                "GET /api/v1/streams | Accept: garbage | 4",
                "GET /api/v1/streams | If-None-Match: garbage | 200"
            })
    void aHeaderThatCannotBeReadIsNoFaultOfOurs(String target, String headers, @Nullable String status)
            throws IOException {
        String answer = raw(target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: " + caller.key()
                + "\r\nIdempotency-Key: " + UUID.randomUUID() + "\r\n" + headers.replace("\\r\\n", "\r\n")
                + "\r\nContent-Length: 2\r\n\r\n{}");

        assertThat(answer)
                .startsWith("HTTP/1.1 " + (status == null ? "" : status))
                .doesNotStartWith("HTTP/1.1 5");
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\nHost: x\r\n\r\n",
                "Content-Length: 4\r\nContent-Length: 5\r\n\r\nGET /",
                "Content-Length: -1\r\n\r\n",
                "Content-Length: 99999999999999999999\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "X-Fill : x\r\nContent-Length : 2\r\n\r\n{}"
            })
    void aRequestOnWhoseEndProgramsCouldDisagreeIsNotTakenForTwo(String rest) throws IOException {
        String answer = raw("POST " + STREAMS + " HTTP/1.1\r\nHost: x\r\nX-API-Key: " + caller.key()
                + "\r\nContent-Type: application/json\r\nConnection: close\r\n" + rest);

        assertThat(answer.split("HTTP/1\\.1 ", -1)).as(answer).hasSizeLessThanOrEqualTo(2);
        assertThat(answer).doesNotContain("HTTP/1.1 2").doesNotContain("HTTP/1.1 5");
    }

    @TestFactory
    Stream<DynamicTest> aPageHasAtMost100EntriesAndItsCursorIsOfThisListAlone() {
        JsonNode paths = Contract.INSTANCE.document().path("paths");
        Things things = new Things(api, caller, Sample.completed(api, caller.organization()));
        return paths.propertyStream()
                .filter(path -> path.getValue().at("/get/parameters").toString().contains("parameters/Cursor"))
                .filter(path -> !path.getKey().contains("{set_id}"))
                .map(path -> DynamicTest.dynamicTest(path.getKey(), () -> {
                    String address = path.getKey();
                    for (Map.Entry<String, String> id : things.ids(address).entrySet()) {
                        address = address.replace("{" + id.getKey() + "}", id.getValue());
                    }
                    assertThat(caller.get(address + "?limit=100").status()).isIn(200, 403);
                    for (String wrong : List.of("limit=101", "limit=0", "limit=-1", "limit=1&limit=2", "cursor=")) {
                        assertThat(caller.get(address + "?" + wrong).status()).isIn(400, 403);
                    }
                    for (String cursor : List.of("x", "bm90aGluZ3x4fHk", "\u0000", "%00", "a".repeat(513), "8J-YgA")) {
                        assertThat(caller.get(address + "?cursor=" + cursor).status())
                                .as(cursor)
                                .isIn(400, 403);
                    }
                }));
    }

    @Test
    void aCursorThatWasTamperedWithIsRefusedOrLeadsToAPlaceOfTheCallersOwn() {
        for (int i = 0; i < 3; i++) {
            caller.submitted();
        }
        String cursor = caller.get(STREAMS + "?limit=1").text("/next_cursor");
        for (int i = 0; i < cursor.length(); i++) {
            char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            Answer answer = caller.get(STREAMS + "?cursor=" + cursor.substring(0, i) + other + cursor.substring(i + 1));

            assertThat(answer.status()).as("character %d", i).isIn(200, 400);
        }
    }

    @Test
    void headersAndBodiesThatDripAreEnded() throws IOException {
        try (RunningApi impatient = api.another(
                Map.of("tldr.http.request-patience", "2s", "WORKERS_ENABLED", "false", "SWEEP_ENABLED", "false"))) {
            String head = "POST " + STREAMS + " HTTP/1.1\r\nHost: x\r\nX-API-Key: " + caller.key()
                    + "\r\nContent-Type: application/json\r\n";
            String unread = "GET /health HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n";
            for (String begun :
                    List.of("GET /health HTTP/1.1\r\nX-Drip: ", head + "Content-Length: 9000\r\n\r\n", unread)) {
                assertThat(secondsUntilEnded(impatient.port(), begun)).as(begun).isBetween(1.5, 6.0);
            }
            assertThat(caller.at(impatient).get(STREAMS).status()).isEqualTo(200);
        }
    }

    /** How long the server lets somebody go on who sends a byte ten times a second. */
    private static double secondsUntilEnded(int port, String begun) throws IOException {
        long start = System.nanoTime();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(begun.getBytes(ISO_8859_1));
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> isEnded(socket));
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static boolean isEnded(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write('x');
            return false;
        } catch (SocketException ended) {
            return true;
        }
    }

    @Test
    void thousandsOfIdleConnectionsCostNeitherThreadsNorMuchMemory() throws IOException {
        caller.get(STREAMS);
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        long memory = used();
        List<Socket> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < CROWD; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
                socket.getOutputStream().write("GET /health HTTP/1.1\r\nX-Wait: ".getBytes(ISO_8859_1));
                crowd.add(socket);
            }
            assertThat(caller.get(STREAMS).status()).isEqualTo(200);
            // Both ends of each connection are in this process.
            assertThat(used() - memory).isLessThan(CROWD * 24L * 1024);
            assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(threads + 20);
        } finally {
            for (Socket socket : crowd) {
                socket.close();
            }
        }
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private String post(String bytes) {
        return "POST " + STREAMS + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: " + caller.key()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length() + "\r\n\r\n" + bytes;
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
