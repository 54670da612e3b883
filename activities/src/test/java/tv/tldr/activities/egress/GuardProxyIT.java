package tv.tldr.activities.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import tv.tldr.activities.egress.Refusal.Reason;

class GuardProxyIT {
    @TempDir
    Path folder;

    private Origin origin;
    private Canary canary;
    private GuardProxy proxy;

    @BeforeEach
    void open() throws IOException {
        Files.write(folder.resolve("large"), new byte[30_000_000]);
        origin = new Origin(folder);
        origin.text("/hello", "hello");
        canary = new Canary();
        proxy = proxy(Set.of(origin.port(), canary.port()), 100, DataSize.ofMegabytes(1));
    }

    @AfterEach
    void close() {
        proxy.close();
        canary.close();
        origin.close();
    }

    @Test
    void whatIsAllowedIsFetchedPlainAndThroughATunnel() throws IOException {
        assertThat(get(origin.url("/hello"))).startsWith("HTTP/1.1 200").endsWith("hello");
        assertThat(exchange(
                        "CONNECT 127.0.0.2:%d HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\n"
                                .formatted(origin.port(), password()),
                        "GET /hello HTTP/1.0\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .endsWith("hello");
        assertThat(proxy.refusal()).isEmpty();
        assertThat(proxy.received()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "127.1",
                "2130706433",
                "0x7f.1",
                "0",
                "0.0.0.0",
                "0177.0.0.1",
                "localhost.",
                "[::]",
                "127.0.0.2.nip.invalid"
            })
    void whereNobodyMayGoNobodyGoes(String host) throws IOException {
        String plain = get("http://%s:%d/".formatted(host, canary.port()));
        String tunnel = exchange(
                "CONNECT %s:%d HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\n"
                        .formatted(host, canary.port(), password()),
                "");

        assertThat(List.of(plain, tunnel)).noneMatch(answer -> answer.contains(" 200 ") || answer.contains("secret"));
        assertThat(canary.hits()).isZero();
    }

    @Test
    void noHostileUrlIsReachedPlainOrThroughATunnelHoweverManyAskAtOnce() throws Exception {
        try (NameServer names = new NameServer();
                GuardProxy patient = proxy(names.names(), Set.of(80, 443, canary.port()), 10_000);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> requests = new ArrayList<>();
            for (HostileUrls.Hostile hostile : HostileUrls.all(canary, origin, names)) {
                String authority =
                        hostile.url().replaceFirst("^[a-zA-Z]+://", "").replaceFirst("[/?#].*", "");
                String rest = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + password(patient) + "\r\n";
                requests.add(() -> exchange(patient, "GET " + hostile.url() + rest, ""));
                requests.add(() -> exchange(patient, "CONNECT " + authority + rest, ""));
            }
            List<String> answers = new ArrayList<>();
            for (Future<String> answer : threads.invokeAll(requests)) {
                answers.add(answer.get());
            }

            assertThat(answers).hasSizeGreaterThan(300).noneMatch(answer -> answer.contains(" 200 "));
            assertThat(answers)
                    .filteredOn(answer -> answer.startsWith("HTTP/1.1 403"))
                    .hasSizeGreaterThan(100);
        }
        assertThat(canary.hits()).isZero();
        assertThat(origin.requests()).isZero();
    }

    @Test
    void aNameThatMovesIsDialledWhereItWasJudged() throws IOException {
        String name = "moving.hostile.test";
        String request = "GET http://%s:%d/hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\n";
        try (Canary near = new Canary();
                Origin site = new Origin(folder, near.port());
                NameServer names = new NameServer();
                GuardProxy guarded = proxy(names.names(), Set.of(near.port()), 100)) {
            site.text("/hello", "hello");
            names.rebinding(name, Origin.ADDRESS, "127.0.0.1");

            assertThat(exchange(guarded, request.formatted(name, near.port(), password(guarded)), ""))
                    .startsWith("HTTP/1.1 200");
            assertThat(guarded.refusal()).isEmpty();
            assertThat(exchange(guarded, request.formatted(name, near.port(), password(guarded)), ""))
                    .startsWith("HTTP/1.1 502");
            assertThat(guarded.refusal()).isPresent();
            assertThat(site.requests()).isEqualTo(1);
            assertThat(near.hits()).isZero();
        }
    }

    @Test
    void theAddressOfTheRequestCountsWhateverTheHostHeaderSays() throws IOException {
        String answer = exchange(
                "GET http://127.0.0.1:%d/ HTTP/1.1\r\nHost: 127.0.0.2:%d\r\n%s\r\n"
                        .formatted(canary.port(), origin.port(), password()),
                "");

        assertThat(answer).startsWith("HTTP/1.1 502").doesNotContain("secret");
        assertThat(canary.hits()).isZero();
        assertThat(proxy.refusal())
                .hasValueSatisfying(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.FORBIDDEN));
    }

    @Test
    void nobodyGetsAnythingWithoutThePassword() throws IOException {
        String request = "GET " + origin.url("/hello") + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
        String wrong = "Proxy-Authorization: Basic " + base64("job:wrong") + "\r\n";

        assertThat(exchange(request + "\r\n", "")).startsWith("HTTP/1.1 407");
        assertThat(exchange(request + wrong + "\r\n", "")).startsWith("HTTP/1.1 407");
        assertThat(origin.requests()).isZero();
    }

    @Test
    void onlyReadingAtKnownPortsIsAllowed() throws IOException {
        try (GuardProxy narrow = proxy(Set.of(443), 100, DataSize.ofMegabytes(1))) {
            assertThat(exchange(
                            narrow,
                            "GET " + origin.url("/hello") + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                    + password(narrow) + "\r\n",
                            ""))
                    .startsWith("HTTP/1.1 403");
        }
        for (String request : List.of(
                "POST " + origin.url("/hello") + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n",
                "GET " + origin.url("/hello")
                        + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n",
                "GET ftp://127.0.0.2/hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n",
                "GET /hello HTTP/1.1\r\nHost: 127.0.0.2:" + origin.port() + "\r\n",
                "DELETE " + origin.url("/hello") + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n")) {
            assertThat(exchange(request + password() + "\r\n", "{}"))
                    .as(request)
                    .doesNotContain(" 200 ");
        }
        assertThat(origin.requests()).isZero();
    }

    @Test
    void aJobThatFetchesTooMuchIsBrokenOff() throws IOException {
        assertThat(get(origin.url("/large"))).hasSizeLessThan(10_000_000);

        assertThat(proxy.refusal())
                .hasValueSatisfying(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.TOO_MUCH));
        await().untilAsserted(() ->
                assertThatThrownBy(() -> get(origin.url("/hello"))).isInstanceOf(ConnectException.class));
    }

    @Test
    void aJobThatAsksForTooManyFilesGetsNoMore() throws IOException {
        try (GuardProxy patient = proxy(Set.of(origin.port()), 3, DataSize.ofMegabytes(1))) {
            for (int i = 0; i < 5; i++) {
                exchange(
                        patient,
                        "GET " + origin.url("/hello") + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                + password(patient) + "\r\n",
                        "");
            }
            assertThat(origin.requests()).isEqualTo(3);
            assertThat(patient.refusal())
                    .hasValueSatisfying(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.TOO_MUCH));
        }
    }

    private static GuardProxy proxy(HostNames names, Set<Integer> ports, int requests) {
        return proxy(names, ports, requests, DataSize.ofMegabytes(1));
    }

    private static GuardProxy proxy(Set<Integer> ports, int requests, DataSize bytes) {
        return proxy(NameServer.OF_THIS_MACHINE, ports, requests, bytes);
    }

    private static GuardProxy proxy(HostNames names, Set<Integer> ports, int requests, DataSize bytes) {
        return new GuardProxy(
                names,
                AddressPolicy.excepting(false, List.of(Origin.ADDRESS + "/32")),
                ports,
                new EgressLimits(requests, bytes),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                "test");
    }

    private String get(String url) throws IOException {
        return exchange("GET " + url + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + password() + "\r\n", "");
    }

    private String password() {
        return password(proxy);
    }

    private static String password(GuardProxy proxy) {
        return "Proxy-Authorization: Basic " + base64(URI.create(proxy.url()).getUserInfo()) + "\r\n";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private String exchange(String head, String then) throws IOException {
        return exchange(proxy, head, then);
    }

    /** What comes back within a while. */
    private static String exchange(GuardProxy proxy, String head, String then) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(proxy.url()).getPort())) {
            socket.setSoTimeout(1500);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            if (!then.isEmpty()) {
                answer.append((char) in.read());
                socket.getOutputStream().write(then.getBytes(StandardCharsets.US_ASCII));
            }
            try {
                for (int read = in.read(); read >= 0; read = in.read()) {
                    answer.append((char) read);
                    if (answer.length() > 20_000_000) {
                        break;
                    }
                }
            } catch (IOException nothingMore) {
                // As good as the end.
            }
            return answer.toString();
        }
    }
}
