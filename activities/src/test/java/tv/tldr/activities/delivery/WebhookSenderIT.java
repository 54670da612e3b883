package tv.tldr.activities.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import tv.tldr.activities.RawHttpServer;
import tv.tldr.activities.egress.EgressProperties;
import tv.tldr.activities.egress.HostNames;
import tv.tldr.activities.egress.NameServer;
import tv.tldr.activities.recording.ChildJvm;
import tv.tldr.workflows.event.Signature;

/** Whatever a receiver does: an answer in words, in time, with no more of it in memory than is kept. */
class WebhookSenderIT {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String HOOK = "/hook";
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration IN_TIME = TIMEOUT.plusSeconds(2);

    private final WebhookSender sender = sender(true);

    @TempDir
    private Path folder = Path.of("");

    private static WebhookSender sender(boolean anywhere) {
        return sender(anywhere, NameServer.OF_THIS_MACHINE);
    }

    private static WebhookSender sender(boolean anywhere, HostNames names) {
        WebhookProperties properties = new WebhookProperties(
                TIMEOUT,
                12,
                Duration.ofSeconds(1),
                Duration.ofHours(24),
                "",
                anywhere,
                List.of(),
                Set.of(443, 8443),
                8);
        return new WebhookSender(properties, new WebhookAddresses(properties), names, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        sender.destroy();
    }

    @Test
    void sendsWhatWasAskedForAndTellsTheAnswer() throws Exception {
        try (RawHttpServer receiver =
                RawHttpServer.answering("HTTP/1.1 202 Accepted\r\nContent-Length: 5\r\n\r\nthank")) {
            Reception reception = send(receiver.url(HOOK));

            assertThat(reception).isInstanceOfSatisfying(Reception.Answered.class, answered -> {
                assertThat(answered.status()).isEqualTo(202);
                assertThat(answered.body()).isEqualTo("thank");
                assertThat(answered.isWelcome()).isTrue();
            });
            assertThat(receiver.requests()).singleElement().satisfies(request -> assertThat(request.text())
                    .startsWith("POST /hook HTTP/1.1\r\n")
                    .contains("Content-Type: application/json")
                    .contains("X-Own: own")
                    .contains("User-Agent: tldr-highlights/1")
                    .contains("webhook-id: evt_1")
                    .contains("X-TLDR-Signature: " + Signature.plain(SECRET, "{\"id\":\"evt_1\"}"))
                    .endsWith("\r\n\r\n{\"id\":\"evt_1\"}"));
        }
    }

    @Test
    void duringARotationAllSecretsSign() throws Exception {
        try (RawHttpServer receiver = RawHttpServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            sender.send(new WebhookRequest(
                            receiver.url(HOOK),
                            "evt_1",
                            "{}",
                            List.of(SECRET, "the former secret", "one before"),
                            Map.of()))
                    .block();

            assertThat(receiver.requests()).singleElement().satisfies(request -> assertThat(request.text())
                    .containsPattern("webhook-signature: v1,\\S{44} v1,\\S{44} v1,\\S{44}\r\n")
                    .contains("X-TLDR-Signature-Former: "
                            + Signature.plain("the former secret", "{}")
                            + ", "
                            + Signature.plain("one before", "{}")
                            + "\r\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsAnAnswerAndNobodyFollowsIt(int status) throws Exception {
        try (RawHttpServer elsewhere = RawHttpServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                RawHttpServer receiver = RawHttpServer.answering("HTTP/1.1 " + status + " Elsewhere\r\nLocation: "
                        + elsewhere.url(HOOK) + "\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(send(receiver.url(HOOK))).isInstanceOfSatisfying(Reception.Answered.class, answered -> {
                assertThat(answered.status()).isEqualTo(status);
                assertThat(answered.isWelcome()).isFalse();
            });
            assertThat(elsewhere.connections()).isZero();
        }
    }

    @Test
    void anAnswerWithoutEndIsReadAsFarAsItIsKept() throws Exception {
        try (RawHttpServer receiver = new RawHttpServer((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n".getBytes(ISO_8859_1));
            byte[] block = "x".repeat(1 << 16).getBytes(ISO_8859_1);
            for (long sent = 0; sent < 10_000_000_000L; sent += block.length) {
                out.write(block);
            }
        })) {
            assertThat(send(receiver.url(HOOK))).isInstanceOfSatisfying(Reception.Answered.class, answered -> {
                assertThat(answered.body()).hasSize(64 << 10);
                assertThat(answered.isWelcome()).isTrue();
                assertThat(answered.latency()).isLessThan(TIMEOUT);
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"'', no whole answer", "HTTP/1.1 200 OK, no whole answer"})
    void oneThatHangsIsLeftInTime(String begin, String why) throws Exception {
        try (RawHttpServer receiver = new RawHttpServer((request, out) -> {
            out.write(begin.getBytes(ISO_8859_1));
            out.flush();
            throw new RawHttpServer.Hang();
        })) {
            assertUnanswered(send(receiver.url(HOOK)), why);
        }
    }

    @Test
    void oneThatDripsIsLeftInTime() throws Exception {
        try (RawHttpServer receiver = new RawHttpServer((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes(ISO_8859_1));
            for (int i = 0; i < 1000; i++) {
                out.write('x');
                out.flush();
                Thread.sleep(100);
            }
        })) {
            assertUnanswered(send(receiver.url(HOOK)), "no whole answer within 2 s");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal",
                "SSH-2.0-OpenSSH_9.2p1\r\n"
            })
    void oneThatClosesInTheMiddleOrSpeaksSomethingElseHasNotTakenIt(String bytes) throws Exception {
        try (RawHttpServer receiver = RawHttpServer.answering(bytes)) {
            assertUnanswered(send(receiver.url(HOOK)), "closed before the answer was whole");
        }
    }

    @Test
    void nobodyThereIsToldInWords() throws Exception {
        RawHttpServer gone = RawHttpServer.answering("");
        gone.close();

        assertUnanswered(send(gone.url(HOOK)), "refuses connections");
        assertUnanswered(send("http://no-such-host.invalid/hook"), "name of the host is not known");
    }

    /** What the look-up says comes to whoever waits for it, and once, however quickly it comes: nobody may send to that server. */
    @Test
    void aHostThatCannotBeLookedUpLeavesNothingInTheLog() {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        logged.start();
        root.addAppender(logged);
        HostNames names = new HostNames(new EgressProperties(List.of("255.255.255.255"), List.of()));
        WebhookSender asking = sender(true, names);
        try {
            List<Reception> receptions = Flux.range(0, 2000)
                    .flatMap(number -> asking.send(request("http://no-such-host.example.com/hook")), 20)
                    .collectList()
                    .blockOptional()
                    .orElseThrow();

            assertThat(receptions)
                    .allSatisfy(reception -> assertUnanswered(reception, "name of the host is not known"));
            assertThat(logged.list)
                    .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .isEmpty();
        } finally {
            root.detachAppender(logged);
            asking.destroy();
            names.destroy();
        }
    }

    @ParameterizedTest
    @CsvSource({"ip:127.0.0.1, Answered[status=200", "dns:hooks.example.com, the certificate is not valid for this host"
    })
    void aCertificateThatIsVouchedForCountsForItsOwnHostAlone(String host, String outcome) throws Exception {
        SSLContext context = selfSigned(host);
        try (RawHttpServer receiver = new RawHttpServer(
                context.getServerSocketFactory(),
                (request, out) -> RawHttpServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))) {
            ProcessBuilder sending = new ProcessBuilder(
                            ChildJvm.command(SendOnce.class, receiver.url(HOOK).replaceFirst("http", "https")))
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            // Trusted in that process alone.
            sending.environment()
                    .put(
                            "JAVA_TOOL_OPTIONS",
                            "-Djavax.net.ssl.trustStorePassword=changeit -Djavax.net.ssl.trustStore=" + store());
            Process sent = sending.start();

            assertThat(new String(sent.getInputStream().readAllBytes(), ISO_8859_1))
                    .contains(outcome);
            assertThat(receiver.requests().stream()
                            .filter(request -> !request.text().isEmpty()))
                    .hasSize(host.startsWith("ip") ? 1 : 0);
        }
    }

    @Test
    void aPortThatDoesNotSpeakTlsIsNotBlamedForItsCertificate() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = listener.accept()) {
                    RawHttpServer.write(socket.getOutputStream(), "HTTP/1.1 400 Bad Request\r\n\r\n");
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException ended) {
                    // With the test.
                }
            });

            // The first handshake of a process may take longer than the others of these tests wait.
            WebhookProperties properties = new WebhookProperties(
                    Duration.ofSeconds(60),
                    12,
                    Duration.ofSeconds(1),
                    Duration.ofHours(24),
                    "",
                    true,
                    List.of(),
                    Set.of(),
                    8);
            WebhookSender patient = new WebhookSender(
                    properties, new WebhookAddresses(properties), NameServer.OF_THIS_MACHINE, Clock.systemUTC());
            try {
                assertThat(patient.send(request("https://127.0.0.1:" + listener.getLocalPort() + HOOK))
                                .block())
                        .asString()
                        .contains("Unanswered", "does not speak TLS");
            } finally {
                patient.destroy();
            }
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsNotTaken() throws Exception {
        try (RawHttpServer receiver = new RawHttpServer(
                selfSigned("ip:127.0.0.1").getServerSocketFactory(),
                (request, out) -> RawHttpServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))) {
            String url = receiver.url(HOOK).replaceFirst("http", "https");
            assertUnanswered(send(url), "certificate is not valid");
            assertThat(receiver.requests()).allMatch(request -> request.text().isEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120 | 120",
                "999999999999999999 | 999999999999999999",
                "99999999999999999999999 | -1",
                "-5 | -1",
                "soon | -1",
                "Thu, 01 Jan 1970 00:00:00 GMT | -1",
                "Tue, 01 Jan 2999 00:00:00 GMT | 1000000000"
            })
    void whatAReceiverAsksForIsReadWhateverItIs(String header, long least) throws Exception {
        try (RawHttpServer receiver = RawHttpServer.answering(
                "HTTP/1.1 429 Too Many Requests\r\nRetry-After: " + header + "\r\nContent-Length: 0\r\n\r\n")) {
            Reception reception = send(receiver.url(HOOK));

            assertThat(reception).isInstanceOfSatisfying(Reception.Answered.class, answered -> {
                Optional<Duration> asked = answered.retryAfter();
                assertThat(asked.map(Duration::toSeconds).orElse(-1L))
                        .isBetween(least, least > 1000 ? Long.MAX_VALUE : least);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1:PORT/",
                "https://localhost:PORT/",
                "https://[::1]:PORT/",
                "https://[::ffff:127.0.0.1]:PORT/",
                "https://[::ffff:7f00:1]:PORT/",
                "https://[::127.0.0.1]:PORT/",
                "https://[64:ff9b::7f00:1]:PORT/",
                "https://[fd00::1]:PORT/",
                "https://[fe80::1]:PORT/",
                "https://2130706433:PORT/",
                "https://0x7f000001:PORT/",
                "https://0177.0.0.1:PORT/",
                "https://127.1:PORT/",
                "https://0:PORT/",
                "https://0.0.0.0:PORT/",
                "https://127.0.0.1.:PORT/",
                "https://localhost.:PORT/",
                "https://user@127.0.0.1:PORT/",
                "https://1.1.1.1\\@127.0.0.1:PORT/",
                "https://127.0.0.1:PORT#@example.com/",
                "https://10.0.0.1:PORT/",
                "https://169.254.169.254:PORT/latest/meta-data/",
                "https://[fd00:ec2::254]:PORT/",
                "https://100.100.100.200:PORT/",
                "https://168.63.129.16:PORT/",
                "https://192.168.0.1:PORT/",
                "https://224.0.0.1:PORT/",
                "https://255.255.255.255:PORT/",
                "http://127.0.0.1:PORT/",
                "gopher://127.0.0.1:PORT/",
                "file:///etc/passwd"
            })
    void whatLeadsWhereNothingMayBeSentGetsNoPacket(String url) throws Exception {
        try (RawHttpServer canary = RawHttpServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            // The port is allowed, so that the address alone is judged; a busy machine looks names up late.
            WebhookProperties properties = new WebhookProperties(
                    TIMEOUT.multipliedBy(10),
                    12,
                    Duration.ofSeconds(1),
                    Duration.ofHours(24),
                    "",
                    false,
                    List.of(),
                    Set.of(canary.port()),
                    8);
            WebhookSender guarded = new WebhookSender(
                    properties, new WebhookAddresses(properties), NameServer.OF_THIS_MACHINE, Clock.systemUTC());
            try {
                Reception reception = guarded.send(request(url.replace("PORT", String.valueOf(canary.port()))))
                        .block();

                assertThat(reception).isInstanceOf(Reception.Forbidden.class);
                assertThat(canary.connections()).isZero();
            } finally {
                guarded.destroy();
            }
        }
    }

    @Test
    void theSameCanaryIsHitWhereItIsAllowed() throws Exception {
        try (RawHttpServer canary = RawHttpServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(send("http://localhost:" + canary.port() + "/")).isInstanceOf(Reception.Answered.class);
            assertThat(canary.connections()).isEqualTo(1);
        }
    }

    private Reception send(String url) {
        return sender.send(request(url)).blockOptional().orElseThrow();
    }

    private static WebhookRequest request(String url) {
        return new WebhookRequest(
                url, "evt_1", "{\"id\":\"evt_1\"}", List.of(SECRET), Map.of("X-Own", "own", "User-Agent", "not ours"));
    }

    private static void assertUnanswered(Reception reception, String why) {
        assertThat(reception).isInstanceOfSatisfying(Reception.Unanswered.class, unanswered -> {
            assertThat(unanswered.why()).contains(why);
            assertThat(unanswered.latency()).isLessThan(IN_TIME);
        });
    }

    private Path store() {
        return folder.resolve("self-signed.p12");
    }

    private SSLContext selfSigned(String host) throws Exception {
        Path store = store();
        int made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "self",
                        "-keyalg",
                        "EC",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString(),
                        "-dname",
                        "CN=hooks.example.com",
                        "-ext",
                        "san=" + host)
                .start()
                .waitFor();
        assertThat(made).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (FileInputStream in = new FileInputStream(store.toFile())) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
