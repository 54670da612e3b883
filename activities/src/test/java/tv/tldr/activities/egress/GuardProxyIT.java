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
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
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
import tv.tldr.activities.RawHttpServer;
import tv.tldr.activities.egress.Refusal.Reason;

class GuardProxyIT {
    private static final String HELLO = "#EXTM3U\nhello";
    private static final String REST = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";

    @TempDir
    Path folder;

    private Origin origin;
    private Canary canary;
    private GuardProxy proxy;

    @BeforeEach
    void open() throws IOException {
        byte[] large = new byte[30_000_000];
        // The sync byte of MPEG-TS.
        large[0] = 'G';
        Files.write(folder.resolve("large"), large);
        origin = new Origin(folder);
        origin.text("/hello", HELLO);
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
    void whatIsAllowedIsFetched() throws IOException {
        assertThat(get(origin.url("/hello"))).startsWith("HTTP/1.1 200").endsWith(HELLO);
        assertThat(proxy.refusal()).isEmpty();
        assertThat(proxy.received()).isEqualTo(HELLO.length());
    }

    @Test
    void theHeadIsToldWithoutTheBody() throws IOException {
        try (RawHttpServer server = RawHttpServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n");
                GuardProxy open = unguarded()) {
            assertThat(exchange(open, "HEAD " + server.url("/v.m3u8") + REST + password(open) + "\r\n", ""))
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("content-length: 13")
                    .endsWith("\r\n\r\n");
            assertThat(server.requests().getFirst().text()).startsWith("HEAD ");
        }
    }

    @Test
    void nobodyGetsATunnel() throws IOException {
        assertThat(exchange(
                        "CONNECT 127.0.0.2:%d HTTP/1.1\r\nHost: x\r\n%s\r\n".formatted(origin.port(), password()), ""))
                .startsWith("HTTP/1.1 403");
        assertThat(origin.requests()).isZero();
        assertThat(proxy.refusal())
                .hasValueSatisfying(refusal -> assertThat(refusal.why()).contains("only reading"));
    }

    @Test
    void aRedirectIsHandedOnAsItIsShown() throws IOException {
        origin.redirect("/secure", "https://cdn.example.com/a?b=c");
        origin.redirect("/near", "hello");
        origin.redirect("/past", "tcp://127.0.0.1:" + canary.port());

        assertThat(get(origin.url("/secure")))
                .startsWith("HTTP/1.1 302")
                .containsIgnoringCase("location: http://cdn.example.com.tls.invalid:443/a?b=c\r\n");
        assertThat(get(origin.url("/near"))).containsIgnoringCase("location: " + origin.url("/hello") + "\r\n");
        assertThat(proxy.refusal()).isEmpty();
        assertThat(get(origin.url("/past"))).startsWith("HTTP/1.1 403").doesNotContain("tcp");
        assertThat(proxy.refusal()).isPresent();
    }

    @Test
    void aPlaylistIsHandedOnAsItIsShown() throws IOException {
        origin.text("/v.m3u8", "#EXTM3U\n#EXTINF:2,\nhttps://cdn.example.com/1.ts\n");

        assertThat(get(origin.url("/v.m3u8"))).endsWith("#EXTINF:2,\nhttp://cdn.example.com.tls.invalid:443/1.ts\n");
    }

    @Test
    void aPieceOfDashIsHandedOnOnlyIfItBeginsLikeOne() throws IOException {
        origin.text("/v.mpd", "<MPD><BaseURL>a/</BaseURL></MPD>");
        origin.text("/piece", "\0\0\0\20styp");
        origin.text("/text", "nothing that is a piece");

        assertThat(get(origin.url("/v.mpd"))).endsWith("<BaseURL>a/</BaseURL></MPD>");
        assertThat(get(origin.url("/piece"))).startsWith("HTTP/1.1 200").endsWith("styp");
        assertThat(get(origin.url("/text"))).startsWith("HTTP/1.1 403").doesNotContain("nothing");
        assertThat(proxy.refusal())
                .hasValueSatisfying(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_MEDIA));
    }

    @Test
    void aPlaylistThatHidesIsNotHandedOn() throws IOException {
        origin.text("/tagged.m3u8", "ID3\4\0\0\0\0\0\2xx#EXTM3U\ntcp://127.0.0.1:1/x.ts\n");

        assertThat(get(origin.url("/tagged.m3u8"))).startsWith("HTTP/1.1 403").doesNotContain("tcp");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"200 OK", "206 Partial Content\r\nContent-Range: bytes 0-%1$d/%2$d\r\nAccept-Ranges: bytes"})
    void whatComesCompressedUnaskedIsUnpackedAndShownAsAnyOther(String status) throws IOException {
        byte[] packed = RawHttpServer.gzip(
                "#EXTM3U\n#EXTINF:2,\nhttps://cdn.example.com/1.ts\n".getBytes(StandardCharsets.UTF_8));
        try (RawHttpServer server = packing("gzip", status.formatted(packed.length - 1, packed.length), packed);
                GuardProxy open = unguarded()) {
            assertThat(get(open, server.url("/v.m3u8")))
                    .startsWith("HTTP/1.1 200 OK")
                    .doesNotContainIgnoringCase("content-encoding")
                    .doesNotContainIgnoringCase("content-range")
                    .endsWith("#EXTINF:2,\nhttp://cdn.example.com.tls.invalid:443/1.ts\n");
            assertThat(server.requests().getFirst().headers()).containsEntry("accept-encoding", "identity");
            assertThat(open.refusal()).isEmpty();
        }
    }

    @Test
    void aKeyThatComesCompressedIsHandedOnAsItWas() throws IOException {
        try (RawHttpServer server = new RawHttpServer((request, out) -> {
                    byte[] body = request.path().endsWith("m3u8")
                            ? HELLO.getBytes(StandardCharsets.UTF_8)
                            : RawHttpServer.gzip("0123456789abcdef".getBytes(StandardCharsets.UTF_8));
                    RawHttpServer.write(
                            out,
                            "HTTP/1.1 200 OK\r\n"
                                    + (body.length == HELLO.length() ? "" : "Content-Encoding: x-gzip\r\n")
                                    + "Content-Length: " + body.length + "\r\n\r\n");
                    out.write(body);
                });
                GuardProxy open = unguarded()) {
            assertThat(get(open, server.url("/v.m3u8"))).endsWith(HELLO);
            assertThat(get(open, server.url("/key"))).startsWith("HTTP/1.1 200").contains("0123456789abcdef");
        }
    }

    @Test
    void whatCannotBeUnpackedOrIsABombIsNotHandedOn() throws IOException {
        byte[] bomb = RawHttpServer.gzip(("#EXTM3U\n" + "#\n".repeat(20_000_000)).getBytes(StandardCharsets.US_ASCII));
        byte[] hidden =
                RawHttpServer.gzip("#EXTM3U\n#EXTINF:2,\ntcp://127.0.0.1:1/x.ts\n".getBytes(StandardCharsets.US_ASCII));
        byte[] half = Arrays.copyOf(hidden, hidden.length - 12);
        byte[] large = new byte[9 << 20];
        assertThat(notHandedOn("gzip", "200 OK", bomb)).contains("more than 8 MB compressed");
        assertThat(notHandedOn("gzip", "200 OK", large)).contains("more than 8 MB compressed");
        assertThat(notHandedOn("gzip", "200 OK", half)).contains("is said to be compressed and is not");
        assertThat(notHandedOn("gzip", "200 OK", "hello".getBytes(StandardCharsets.US_ASCII)))
                .contains("is said to be compressed and is not");
        assertThat(notHandedOn("gzip", "200 OK", RawHttpServer.gzip(hidden)))
                .contains("neither a playlist nor picture nor sound");
        assertThat(notHandedOn("gzip", "200 OK", hidden)).contains("only http:// and https:// URLs are taken");
        assertThat(notHandedOn("br", "200 OK", hidden)).contains("not by gzip");
        assertThat(notHandedOn("gzip, gzip", "200 OK", hidden)).contains("not by gzip");
        assertThat(notHandedOn("gzip", "206 Partial Content\r\nContent-Range: bytes 4-9/20", hidden))
                .contains("a part of it compressed");
    }

    private static String notHandedOn(String encoding, String status, byte[] body) throws IOException {
        try (RawHttpServer server = packing(encoding, status, body);
                GuardProxy open = proxy(
                        NameServer.OF_THIS_MACHINE, new AddressPolicy(true), Set.of(), 100, DataSize.ofMegabytes(20))) {
            assertThat(get(open, server.url("/v.m3u8"))).startsWith("HTTP/1.1 403");
            return open.refusal().orElseThrow().why();
        }
    }

    private static RawHttpServer packing(String encoding, String status, byte[] body) throws IOException {
        return new RawHttpServer((request, out) -> {
            RawHttpServer.write(
                    out,
                    "HTTP/1.1 %s\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n"
                            .formatted(status, encoding, body.length));
            out.write(body);
        });
    }

    @Test
    void aCookieIsWantedAgainWhereItCameFromAndSeenByNobodyElse() throws IOException {
        try (RawHttpServer other = RawHttpServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nG");
                RawHttpServer server = RawHttpServer.answering(
                        "HTTP/1.1 302 F\r\nSet-Cookie: a=x~y=/*; Path=/live\r\nLocation: /v\r\nContent-Length: 0\r\n\r\n");
                GuardProxy open = unguarded()) {
            assertThat(get(open, server.url("/v.m3u8")))
                    .startsWith("HTTP/1.1 302")
                    .doesNotContainIgnoringCase("cookie");
            get(open, server.url("/live/1.ts"));
            get(open, server.url("/other/1.ts"));
            get(open, other.url("/live/1.ts").replace("127.0.0.1", "localhost"));

            assertThat(server.requests())
                    .extracting(request -> request.headers().get("cookie"))
                    .containsExactly(null, "a=x~y=/*", null);
            assertThat(other.requests().getFirst().headers()).doesNotContainKey("cookie");
        }
        try (RawHttpServer server = RawHttpServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nG");
                GuardProxy next = unguarded()) {
            get(next, server.url("/live/1.ts"));
            assertThat(server.requests().getFirst().headers()).doesNotContainKey("cookie");
        }
    }

    @Test
    void aHalfIsNotTakenForAWhole() throws IOException {
        try (RawHttpServer server = RawHttpServer.answering(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n14\r\n\0\0\0\20ftyp________________");
                GuardProxy open = unguarded()) {
            assertThat(get(open, server.url("/piece")))
                    .startsWith("HTTP/1.1 200")
                    .doesNotEndWith("0\r\n\r\n");
            assertThat(open.refusal()).isEmpty();
        }
    }

    @Test
    void aRangeIsAskedForAndHandedOn() throws IOException {
        try (RawHttpServer server = RawHttpServer.answering(
                        "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 4-15/20\r\nContent-Length: 12\r\n\r\n\0\0\0\20mdat____");
                GuardProxy open = unguarded()) {
            assertThat(exchange(
                            open,
                            "GET " + server.url("/piece") + REST + "Range: bytes=4-15\r\n" + password(open) + "\r\n",
                            ""))
                    .startsWith("HTTP/1.1 206")
                    .containsIgnoringCase("content-range: bytes 4-15/20")
                    .endsWith("mdat____");
            assertThat(server.requests().getFirst().headers()).containsEntry("range", "bytes=4-15");
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsNotTaken() throws Exception {
        try (RawHttpServer server = new RawHttpServer(
                        TestCertificate.make(folder, "cdn.example.com").sockets(),
                        (request, out) -> RawHttpServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
                GuardProxy open = unguarded()) {
            assertThat(get(open, "http://127.0.0.1.tls.invalid:" + server.port() + "/a.m3u8"))
                    .startsWith("HTTP/1.1 403");
            assertThat(open.refusal()).hasValueSatisfying(refusal -> {
                assertThat(refusal.reason()).isEqualTo(Reason.UNTRUSTED);
                assertThat(refusal.why()).contains("https://127.0.0.1").doesNotContain("a.m3u8");
            });
            assertThat(server.requests()).allMatch(request -> request.text().isEmpty());
        }
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
        String secure = get("http://%s.tls.invalid:%d/".formatted(host, canary.port()));

        assertThat(List.of(plain, secure)).noneMatch(answer -> answer.contains(" 200 ") || answer.contains("secret"));
        assertThat(canary.hits()).isZero();
    }

    @Test
    void noHostileUrlIsReachedHoweverManyAskAtOnce() throws Exception {
        try (NameServer names = new NameServer();
                GuardProxy patient = proxy(names.names(), Set.of(80, 443, canary.port()), 10_000);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> requests = new ArrayList<>();
            for (HostileUrls.Hostile hostile : HostileUrls.all(canary, origin, names)) {
                requests.add(() -> get(patient, hostile.url()));
                requests.add(() -> get(
                        patient,
                        hostile.url()
                                .replaceFirst(
                                        "(?i)^https?://([^/?#]*?)((:[^:/?#\\]]*)?)([/?#].*|$)",
                                        "http://$1.tls.invalid$2$4")));
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
            site.text("/hello", HELLO);
            names.rebinding(name, Origin.ADDRESS, "127.0.0.1");

            assertThat(exchange(guarded, request.formatted(name, near.port(), password(guarded)), ""))
                    .startsWith("HTTP/1.1 200");
            assertThat(guarded.refusal()).isEmpty();
            assertThat(exchange(guarded, request.formatted(name, near.port(), password(guarded)), ""))
                    .startsWith("HTTP/1.1 403");
            assertThat(guarded.refusal()).isPresent();
            assertThat(site.requests()).isEqualTo(1);
            assertThat(near.hits()).isZero();
        }
    }

    @Test
    void aNameThatIsToldTooLateIsUnknownInTime() throws IOException {
        String name = "late.hostile.test";
        try (NameServer names = new NameServer();
                GuardProxy guarded = proxy(names.names(), Set.of(canary.port()), 100)) {
            names.name(name, "127.0.0.1");
            names.delay(name, Duration.ofSeconds(10));
            long begin = System.nanoTime();

            assertThat(exchange(
                            guarded,
                            "GET http://%s:%d/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\n"
                                    .formatted(name, canary.port(), password(guarded)),
                            "",
                            Duration.ofSeconds(15)))
                    .startsWith("HTTP/1.1 502");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(12));
            assertThat(canary.hits()).isZero();
        }
    }

    @Test
    void theAddressOfTheRequestCountsWhateverTheHostHeaderSays() throws IOException {
        String answer = exchange(
                "GET http://127.0.0.1:%d/ HTTP/1.1\r\nHost: 127.0.0.2:%d\r\n%s\r\n"
                        .formatted(canary.port(), origin.port(), password()),
                "");

        assertThat(answer).startsWith("HTTP/1.1 403").doesNotContain("secret");
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

    /** Two who read where one request ends differently: nothing behind it reaches anybody. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 0\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 4",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding:\tchunked",
                "Transfer-Encoding: \u000bchunked",
                "X: y\r\n Transfer-Encoding: chunked",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: +5",
                "Content-Length: 5, 5",
                "Content-Length: 0x5",
                "Content-Length: -1"
            })
    void nothingIsSmuggledBehindARequest(String framing) throws IOException {
        String behind = "GET http://127.0.0.1:%d/ HTTP/1.1\r\nHost: x\r\n\r\n".formatted(canary.port());
        String answer = exchange(
                "GET " + origin.url("/hello") + " HTTP/1.1\r\nHost: x\r\n" + password() + framing + "\r\n\r\n0\r\n\r\n"
                        + behind,
                "");

        assertThat(answer).doesNotContain("secret");
        assertThat(canary.hits()).isZero();
        assertThat(origin.requests()).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n\0\0\0\10f\r\n7\r\nree____\r\n0\r\n\r\n",
                "Content-Length: 12\r\nContent-Length: 13\r\n\r\n\0\0\0\10free____HTTP/1.1 200 OK\r\n\r\nmore"
            })
    void anAnswerThatEndsInTwoWaysIsNotHandedOn(String framed) throws IOException {
        try (RawHttpServer server = RawHttpServer.answering("HTTP/1.1 200 OK\r\n" + framed);
                GuardProxy open = unguarded()) {
            assertThat(get(open, server.url("/piece")))
                    .startsWith("HTTP/1.1 502")
                    .doesNotContain("ree____", "more");
        }
    }

    @Test
    void aBodyThatEndsWithItsConnectionIsHandedOnWithAnEnd() throws IOException {
        try (RawHttpServer server =
                        RawHttpServer.answering("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n\0\0\0\10free____");
                GuardProxy open = unguarded()) {
            assertThat(get(open, server.url("/piece")))
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("transfer-encoding: chunked")
                    .doesNotContainIgnoringCase("content-length")
                    .contains("free____")
                    .endsWith("0\r\n\r\n");
        }
    }

    @Test
    void whoeverHangsUpHalfwayHoldsNothing() throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(proxy.url()).getPort())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write(("GET " + origin.url("/hello") + " HTTP/1.1\r\nHost: x\r\n" + password() + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();

            // Whether the answer still comes or not: it ends.
            assertThat(socket.getInputStream().readAllBytes().length).isLessThan(1000);
        }
        assertThat(get(origin.url("/hello"))).startsWith("HTTP/1.1 200");
    }

    @Test
    void ofAHundredAtOnceNotOneMoreThanTheJobMayIsFetched() throws Exception {
        try (GuardProxy patient = proxy(Set.of(origin.port()), 100, DataSize.ofMegabytes(1));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> request = () -> get(patient, origin.url("/hello"));
            List<String> answers = new ArrayList<>();
            for (Future<String> answer : threads.invokeAll(Collections.nCopies(120, request))) {
                answers.add(answer.get());
            }

            assertThat(answers)
                    .filteredOn(answer -> answer.startsWith("HTTP/1.1 200") && answer.endsWith(HELLO))
                    .hasSize(100);
            assertThat(answers)
                    .filteredOn(answer -> answer.startsWith("HTTP/1.1 403"))
                    .hasSize(20);
            assertThat(origin.requests()).isEqualTo(100);
            assertThat(patient.received()).isEqualTo(100L * HELLO.length());
        }
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

    private static GuardProxy unguarded() {
        return proxy(NameServer.OF_THIS_MACHINE, new AddressPolicy(true), Set.of(), 100, DataSize.ofMegabytes(1));
    }

    private static String get(GuardProxy proxy, String url) throws IOException {
        return exchange(proxy, "GET " + url + REST + password(proxy) + "\r\n", "", Duration.ofSeconds(20));
    }

    private static GuardProxy proxy(HostNames names, Set<Integer> ports, int requests) {
        return proxy(names, ports, requests, DataSize.ofMegabytes(1));
    }

    private static GuardProxy proxy(Set<Integer> ports, int requests, DataSize bytes) {
        return proxy(NameServer.OF_THIS_MACHINE, ports, requests, bytes);
    }

    private static GuardProxy proxy(HostNames names, Set<Integer> ports, int requests, DataSize bytes) {
        return proxy(names, AddressPolicy.excepting(false, List.of(Origin.ADDRESS + "/32")), ports, requests, bytes);
    }

    private static GuardProxy proxy(
            HostNames names, AddressPolicy policy, Set<Integer> ports, int requests, DataSize bytes) {
        return new GuardProxy(
                names,
                policy,
                ports,
                new EgressLimits(requests, bytes),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                "test");
    }

    private String get(String url) throws IOException {
        return get(proxy, url);
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
        return exchange(proxy, head, then, Duration.ofMillis(1500));
    }

    private static String exchange(GuardProxy proxy, String head, String then, Duration patience) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(proxy.url()).getPort())) {
            socket.setSoTimeout((int) patience.toMillis());
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
