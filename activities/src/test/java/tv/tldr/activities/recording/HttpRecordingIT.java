package tv.tldr.activities.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static tv.tldr.activities.RawHttpServer.write;

import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import tv.tldr.activities.RawHttpServer;
import tv.tldr.activities.RawHttpServer.Request;
import tv.tldr.activities.egress.TestCertificate;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.Sha256;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.activity.Recording;

class HttpRecordingIT {
    @TempDir
    Path folder;

    /** What a server that does not go on waits for. */
    private final CountDownLatch over = new CountDownLatch(1);

    private RecorderFixture recorder;

    @BeforeEach
    void open() {
        recorder = new RecorderFixture(folder, RecorderFixture.impatient());
    }

    @AfterEach
    void close() {
        over.countDown();
        recorder.close();
    }

    @Test
    void storesAUrlOnceWithItsHash() throws Exception {
        Path video = TestMedia.video(folder, "v.mp4", 3);
        try (RawHttpServer server = new RawHttpServer((request, out) -> file(out, video, "video/mp4"))) {
            Recording recording = recorder.record(server.url("/v.mp4"));
            Recording again = recorder.record(server.url("/v.mp4"));

            assertThat(recording.sha256()).isEqualTo(Sha256.of(video, bytes -> {}));
            assertThat(recording.sizeBytes()).isEqualTo(Files.size(video));
            assertThat(recording.facts().duration()).isCloseTo(3, within(0.1));
            assertThat(recorder.store.get(new ObjectKey(recording.objectKey())))
                    .hasSameContentAs(Files.newInputStream(video));
            assertThat(again).isEqualTo(recording);
            assertThat(server.requests()).hasSize(1);
        }
    }

    /** Only what a second attempt cannot mend is final. */
    @ParameterizedTest
    @CsvSource({
        "certificate, true, has no valid certificate",
        "plain, true, does not speak TLS",
        "silent, false, did not finish the TLS handshake in time"
    })
    void whatKeepsTlsFromBeingSpokenIsToldApart(String server, boolean isFinal, String words) throws Exception {
        ServerSocketFactory sockets = "certificate".equals(server)
                ? TestCertificate.make(folder, "elsewhere.example.com").sockets()
                : ServerSocketFactory.getDefault();
        try (RecorderFixture patient = new RecorderFixture(folder, RecorderFixture.patient());
                ServerSocket listener = sockets.createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = listener.accept()) {
                    if (!"silent".equals(server)) {
                        write(socket.getOutputStream(), "HTTP/1.1 400 Bad Request\r\n\r\n");
                    }
                    over.await();
                } catch (IOException | InterruptedException ended) {
                    // With the test.
                }
            });

            ApplicationFailure failure = patient.failure(
                    FailureType.SOURCE_UNREACHABLE,
                    () -> patient.record("https://127.0.0.1:" + listener.getLocalPort() + "/v.mp4"));

            assertThat(failure.getOriginalMessage()).contains(words);
            assertThat(failure.isNonRetryable()).isEqualTo(isFinal);
        }
    }

    @Test
    void looksAtAUrlWithoutReadingItAll() throws Exception {
        Path video = TestMedia.video(folder, "v.mp4", 3);
        try (RawHttpServer server = new RawHttpServer((request, out) -> file(out, video, "video/mp4"))) {
            assertThat(recorder.probe(server.url("/v.mp4")).sizeBytes()).isEqualTo(Files.size(video));
            assertThat(recorder.filesLeft()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 451})
    void givesUpWhenTheServerSaysNo(int status) throws Exception {
        try (RawHttpServer server = new RawHttpServer((request, out) -> write(out, empty(status, "")))) {
            ApplicationFailure failure = recorder.failure(
                    FailureType.SOURCE_UNREACHABLE,
                    () -> recorder.record(server.url("/a/secret/path.mp4?token=hidden")));

            assertThat(failure.isNonRetryable()).isTrue();
            assertThat(failure.getOriginalMessage())
                    .contains("answers " + status)
                    .doesNotContain("secret", "hidden");
        }
    }

    @ParameterizedTest
    @CsvSource({"429,7,7", "503,100000,300", "500,,"})
    void triesAgainWhenTheServerIsBusy(int status, String retryAfter, Integer seconds) throws Exception {
        String header = retryAfter == null ? "" : "Retry-After: " + retryAfter + "\r\n";
        try (RawHttpServer server = new RawHttpServer((request, out) -> write(out, empty(status, header)))) {
            ApplicationFailure failure =
                    recorder.failure(FailureType.SERVICE_UNAVAILABLE, () -> recorder.record(server.url("/v.mp4")));

            assertThat(failure.isNonRetryable()).isFalse();
            assertThat(failure.getNextRetryDelay()).isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
        }
    }

    @Test
    void triesAgainWhenNobodyListens() throws Exception {
        String nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = "http://127.0.0.1:" + socket.getLocalPort() + "/v.mp4";
        }

        ApplicationFailure failure = recorder.failure(FailureType.SOURCE_UNREACHABLE, () -> recorder.probe(nobody));

        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(failure.getOriginalMessage()).contains("refuses connections");
    }

    @Test
    void triesAgainWhenTheServerNeverAnswers() throws Exception {
        try (RawHttpServer server = new RawHttpServer((request, out) -> over.await())) {
            ApplicationFailure failure =
                    recorder.failure(FailureType.SOURCE_UNREACHABLE, () -> recorder.record(server.url("/v.mp4")));

            assertThat(failure.isNonRetryable()).isFalse();
            assertThat(failure.getOriginalMessage()).contains("did not answer in time");
        }
    }

    @Test
    void refusesAWebPage() throws Exception {
        String page = "<!DOCTYPE html><html><body>" + "Not here. ".repeat(500) + "</body></html>";
        for (String type : new String[] {"text/html; charset=utf-8", "video/mp4"}) {
            try (RawHttpServer server =
                    new RawHttpServer((request, out) -> write(out, ok(type, page.length()) + page))) {
                ApplicationFailure failure =
                        recorder.failure(FailureType.SOURCE_NOT_MEDIA, () -> recorder.record(server.url("/v.mp4")));
                recorder.failure(FailureType.SOURCE_NOT_MEDIA, () -> recorder.probe(server.url("/v.mp4")));

                assertThat(failure.isNonRetryable()).isTrue();
                assertThat(failure.getOriginalMessage()).contains("web page");
            }
        }
    }

    @Test
    void refusesWhatIsTooLargeBeforeAndWhileItComes() throws Exception {
        Path video = TestMedia.video(folder, "v.mp4", 1);
        try (RawHttpServer told = new RawHttpServer((request, out) -> write(out, ok("video/mp4", 1L << 40)));
                RawHttpServer endless = new RawHttpServer((request, out) -> {
                    write(out, "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n");
                    while (true) {
                        out.write(Files.readAllBytes(video));
                    }
                })) {
            recorder.failure(FailureType.SOURCE_TOO_LONG, () -> recorder.record(told.url("/v.mp4")));
            recorder.failure(FailureType.SOURCE_TOO_LONG, () -> recorder.record(endless.url("/v.mp4")));
        }
    }

    @Test
    void refusesABodyThatTricklesForEver() throws Exception {
        try (RawHttpServer server = new RawHttpServer((request, out) -> trickle(out, 1, 100))) {
            ApplicationFailure failure =
                    recorder.failure(FailureType.SOURCE_UNREACHABLE, () -> recorder.record(server.url("/v.mp4")));

            assertThat(failure.getOriginalMessage()).contains("sends less than");
        }
    }

    @Test
    void refusesABodyThatNeverEnds() throws Exception {
        try (RawHttpServer server = new RawHttpServer((request, out) -> trickle(out, 2000, 100))) {
            ApplicationFailure failure =
                    recorder.failure(FailureType.SOURCE_TOO_LONG, () -> recorder.record(server.url("/live")));

            assertThat(failure.getOriginalMessage()).contains("had not ended");
        }
    }

    @Test
    void takesABrokenBodyUpWhereItEnded() throws Exception {
        byte[] video = Files.readAllBytes(TestMedia.video(folder, "v.mp4", 10));
        AtomicInteger attempts = new AtomicInteger();
        try (RawHttpServer server = new RawHttpServer((request, out) -> {
            int from = rangeStart(request);
            int to = attempts.incrementAndGet() < 3 ? from + video.length / 3 : video.length;
            String status = from == 0
                    ? "200 OK\r\n"
                    : "206 Partial Content\r\nContent-Range: bytes " + from + "-" + (video.length - 1) + "/"
                            + video.length + "\r\n";
            write(out, "HTTP/1.1 " + status + "ETag: \"one\"\r\nContent-Length: " + (video.length - from) + "\r\n\r\n");
            out.write(video, from, to - from);
        })) {
            Recording recording = recorder.record(server.url("/v.mp4"));

            assertThat(recording.sha256()).isEqualTo(Sha256.of(folder.resolve("v.mp4"), bytes -> {}));
            assertThat(server.requests()).hasSize(3);
            assertThat(server.requests().get(1).headers())
                    .containsEntry("If-Range", "\"one\"")
                    .containsKey("Range");
        }
    }

    @Test
    void startsOverWhenTheServerCannotResume() throws Exception {
        Path video = TestMedia.video(folder, "v.mp4", 3);
        byte[] bytes = Files.readAllBytes(video);
        AtomicInteger attempts = new AtomicInteger();
        try (RawHttpServer server = new RawHttpServer((request, out) -> {
            write(out, ok("video/mp4", bytes.length));
            out.write(bytes, 0, attempts.incrementAndGet() == 1 ? bytes.length / 2 : bytes.length);
        })) {
            assertThat(recorder.record(server.url("/v.mp4")).sha256()).isEqualTo(Sha256.of(video, read -> {}));
        }
    }

    @Test
    void givesUpABodyThatAlwaysEndsTooEarly() throws Exception {
        try (RawHttpServer server = new RawHttpServer((request, out) -> {
            write(out, ok("video/mp4", 100_000));
            out.write(new byte[1000]);
        })) {
            ApplicationFailure failure =
                    recorder.failure(FailureType.SOURCE_ENDED, () -> recorder.record(server.url("/v.mp4")));

            assertThat(failure.isNonRetryable()).isFalse();
            assertThat(failure.getOriginalMessage())
                    .startsWith("the source broke off: ")
                    .contains("4 times");
            assertThat(server.requests()).hasSize(4);
        }
    }

    @Test
    void givesUpABodyWhoseConnectionIsAlwaysReset() throws Exception {
        try (RawHttpServer server = new RawHttpServer((request, out) -> {
            write(out, ok("video/mp4", 100_000));
            out.write(new byte[1000]);
            throw new RawHttpServer.Reset();
        })) {
            ApplicationFailure failure =
                    recorder.failure(FailureType.SOURCE_ENDED, () -> recorder.record(server.url("/v.mp4")));

            assertThat(failure.isNonRetryable()).isFalse();
            assertThat(server.requests()).hasSize(4);
        }
    }

    @Test
    void givesUpABodyThatAlwaysStops() throws Exception {
        try (RawHttpServer server = new RawHttpServer((request, out) -> {
            write(out, ok("video/mp4", 100_000));
            over.await();
        })) {
            recorder.failure(FailureType.SOURCE_ENDED, () -> recorder.record(server.url("/v.mp4")));

            assertThat(server.requests()).hasSize(4);
        }
    }

    @Test
    void aBrokenSourceThatIsGoneInTheEndCannotBeOpened() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        try (RawHttpServer server = new RawHttpServer((request, out) -> {
            if (attempts.incrementAndGet() > 1) {
                write(out, empty(404, ""));
                return;
            }
            write(out, ok("video/mp4", 100_000));
            out.write(new byte[1000]);
        })) {
            recorder.failure(FailureType.SOURCE_UNREACHABLE, () -> recorder.record(server.url("/v.mp4")));
        }
    }

    @Test
    void followsRedirectsButNotForEver() throws Exception {
        Path video = TestMedia.video(folder, "v.mp4", 1);
        try (RawHttpServer server = new RawHttpServer((request, out) -> {
            switch (request.path()) {
                case "/start" -> write(out, empty(302, "Location: /v.mp4\r\n"));
                case "/circle" -> write(out, empty(307, "Location: /circle\r\n"));
                case "/out" -> write(out, empty(301, "Location: file:///etc/passwd\r\n"));
                case "/door" ->
                    write(
                            out,
                            request.headers().getOrDefault("Cookie", "").equals("seen=1")
                                    ? empty(302, "Location: /v.mp4\r\n")
                                    : empty(302, "Location: /door\r\nSet-Cookie: seen=1; HttpOnly\r\n"));
                default -> file(out, video, "video/mp4");
            }
        })) {
            recorder.failure(FailureType.SOURCE_UNREACHABLE, () -> recorder.record(server.url("/circle")));
            recorder.failure(FailureType.SOURCE_FORBIDDEN_ADDRESS, () -> recorder.record(server.url("/out")));
            assertThat(recorder.record(server.url("/door")).sizeBytes()).isEqualTo(Files.size(video));
            try (RecorderFixture another =
                    new RecorderFixture(folder.resolve("another"), RecorderFixture.impatient())) {
                assertThat(another.record(server.url("/start")).sizeBytes()).isEqualTo(Files.size(video));
            }
        }
    }

    @Test
    void neverDialsAPrivateAddress() throws Exception {
        Path video = TestMedia.video(folder, "v.mp4", 1);
        try (RawHttpServer server = new RawHttpServer((request, out) -> file(out, video, "video/mp4"));
                RecorderFixture guarded = new RecorderFixture(folder.resolve("guarded"), publicOnly(server.port()))) {
            for (String host :
                    new String[] {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0177.0.0.1", "2130706433"
                    }) {
                ApplicationFailure failure = guarded.failure(
                        FailureType.SOURCE_FORBIDDEN_ADDRESS,
                        () -> guarded.record("http://" + host + ":" + server.port() + "/v.mp4"));
                assertThat(failure.isNonRetryable()).isTrue();
            }
            assertThat(server.requests()).isEmpty();
            assertThat(recorder.probe(server.url("/v.mp4")).sizeBytes()).isPositive();
        }
    }

    @Test
    void stopsWhenTheActivityIsCancelled() throws Exception {
        try (RawHttpServer server = new RawHttpServer((request, out) -> trickle(out, 2000, 100))) {
            recorder.temporal.setActivityHeartbeatListener(Long.class, bytes -> {
                if (bytes > 0) {
                    recorder.temporal.requestCancelActivity();
                }
            });

            assertThatThrownBy(() -> recorder.record(server.url("/v.mp4"))).isInstanceOf(CanceledFailure.class);
            assertThat(recorder.filesLeft()).isEmpty();
        }
    }

    private static SourceProperties publicOnly(int port) {
        SourceProperties all = RecorderFixture.impatient();
        return new SourceProperties(
                false,
                false,
                List.of(),
                Set.of(port),
                all.maxDuration(),
                DataSize.ofMegabytes(4),
                5,
                all.connectTimeout(),
                all.responseTimeout(),
                all.idleTimeout(),
                all.slowWindow(),
                all.slowSize(),
                all.wholeTimeout(),
                3);
    }

    private static int rangeStart(Request request) {
        String range = request.headers().getOrDefault("Range", "bytes=0-");
        return Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    }

    private static void file(OutputStream out, Path file, String type) throws Exception {
        write(out, ok(type, Files.size(file)));
        Files.copy(file, out);
    }

    private static void trickle(OutputStream out, int bytes, int pauseMillis) throws Exception {
        write(out, "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n");
        while (true) {
            out.write(new byte[bytes]);
            out.flush();
            Thread.sleep(pauseMillis);
        }
    }

    private static String ok(String type, long length) {
        return "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private static String empty(int status, String headers) {
        return "HTTP/1.1 " + status + " Told\r\nContent-Length: 0\r\n" + headers + "\r\n";
    }
}
