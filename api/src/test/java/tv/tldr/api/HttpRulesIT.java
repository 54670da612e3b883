package tv.tldr.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;

/** What holds for every request, at the limit and one beyond it. */
class HttpRulesIT {
    private static final String STREAMS = "/api/v1/streams";
    private static final int LARGEST_BODY = 1 << 20;

    /** More than is sent as it is. */
    private static final String SET = """
            {"name": "Mine", "description": "%s",
             "dimensions": [{"id": "noise", "name": "Noise", "description": "How loud it is.", "weight": 1}]}""".formatted("Of my own. ".repeat(80));

    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller("admin");

    @Test
    void anAddressHasAtMost2048Characters() {
        String longest = STREAMS + "/" + "x".repeat(2048 - STREAMS.length() - 1);

        assertThat(caller.get(longest).status()).isEqualTo(404);
        Answer refused = caller.get(longest + "x");
        assertThat(refused.status()).isEqualTo(414);
        assertThat(refused.text("/code")).isEqualTo("VALIDATION_ERROR");
        assertThat(caller.get(STREAMS + "?" + "x".repeat(2048 - STREAMS.length()))
                        .status())
                .isEqualTo(414);
    }

    @Test
    void aBodyHasAtMostOneMebibyte() {
        String body = "{\"source_url\": \"https://media.example.com/" + UUID.randomUUID() + ".mp4\"}";
        String largest = body + " ".repeat(LARGEST_BODY - body.length());

        assertThat(caller.post(STREAMS, largest).status()).isEqualTo(202);
        assertThat(caller.post(STREAMS, largest + " ").status()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 65, 100_000})
    void jsonIsNestedAtMost64LevelsDeep(int depth) {
        // The body itself is the first level.
        String nested = "[".repeat(depth - 1) + "]".repeat(depth - 1);

        Answer answer = caller.post(STREAMS, "{\"source_url\": " + nested + "}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.wrongFields().contains("source_url")).isEqualTo(depth <= 64);
        assertThat(answer.text("/detail").contains("levels deep")).isEqualTo(depth > 64);
    }

    @Test
    void headersHaveAtMost64Kibibytes() throws IOException {
        assertThat(raw("GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Fill: " + "x".repeat(60_000)
                        + "\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertRefused(
                raw("GET /health?a=1 HTTP/1.1\r\nX-Request-Id: mine\r\nHost: x\r\nX-Fill: " + "x".repeat(70_000)
                        + "\r\n\r\n"),
                "431",
                "\"instance\":\"/health\"",
                "\"request_id\":\"mine\"");
    }

    @Test
    void whatCannotEvenBeReadIsRefusedInTheSameWordsAsEverythingElse() throws IOException {
        assertRefused(raw("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"), "414", "2048 characters");
        assertRefused(raw("no such thing\r\n\r\n"), "400", "no HTTP request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/% HTTP/1.1",
                "/api/v1/streams/% HTTP/1.1",
                "/api/v1/streams?a=%zz HTTP/1.1",
                "/api/v1/streams?a=b|c HTTP/1.1",
                "/{id} HTTP/1.1",
                "/health HTTP/9.9",
                "/health HTTP/2.0"
            })
    void whatNoFilterOfOursSeesIsRefusedInThemToo(String asked) throws IOException {
        assertRefused(
                raw("GET " + asked + "\r\nHost: x\r\nX-Request-Id: mine\r\nConnection: close\r\n\r\n"),
                "400",
                "\"request_id\":\"mine\"",
                "\"instance\":\"" + asked.replaceFirst("[? ].*", "") + "\"");
    }

    @Test
    void aRequestHasOneHost() throws IOException {
        assertRefused(raw("GET /health HTTP/1.1\r\n\r\n"), "400", "0 Host headers");
        assertRefused(raw("GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), "400", "2 Host headers");
        assertRefused(raw("GET /health HTTP/1.1\r\nHost: [::1\r\nConnection: close\r\n\r\n"), "400", "Host");
        assertThat(raw("GET /health HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.0 200");
    }

    @Test
    void anAddressThatIsNoneEndsNoConnectionAndHasNoBodyForHead() throws IOException {
        String answers = raw(String.join(
                "\r\n",
                "GET /% HTTP/1.1",
                "Host: x",
                "X-Request-Id: one",
                "",
                "HEAD /% HTTP/1.1",
                "Host: x",
                "X-Request-Id: two",
                "",
                "GET /health HTTP/1.1",
                "Host: x",
                "X-Request-Id: three",
                "Connection: close",
                "",
                ""));

        assertThat(answers.toLowerCase(Locale.ROOT))
                .containsSubsequence(
                        "400 bad request",
                        "x-request-id: one",
                        "\"request_id\":\"one\"",
                        "400 bad request",
                        "x-request-id: two",
                        "200 ok",
                        "x-request-id: three",
                        "\"status\":\"up\"")
                .doesNotContain("\"request_id\":\"two\"");
    }

    @Test
    void theAnswerToTheRequestBeforeStaysItsOwn() throws IOException {
        String answer = raw(
                "GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200").contains("\"status\":\"up\"");
    }

    private static void assertRefused(String answer, String status, String... words) {
        String[] parts = answer.split("\r\n\r\n", 2);
        assertThat(parts[0].toLowerCase(Locale.ROOT))
                .startsWith("http/1.1 " + status)
                .contains("content-type: application/problem+json", "x-request-id: ", "connection: close")
                .contains("content-length: " + parts[1].getBytes(UTF_8).length);
        assertThat(parts[1])
                .contains("\"code\":\"VALIDATION_ERROR\"", "\"status\":" + status, "\"request_id\":\"")
                .contains(words);
    }

    @Test
    void longAnswersAreCompressedOnRequest() throws IOException {
        for (int i = 0; i < 5; i++) {
            caller.submitted();
        }
        String plain = raw(request("GET", STREAMS, ""));
        byte[] packed = rawBytes(request("GET", STREAMS, "Accept-Encoding: gzip\r\n"));
        String head = new String(packed, ISO_8859_1).split("\r\n\r\n", 2)[0];

        assertThat(head.toLowerCase(Locale.ROOT)).contains("content-encoding: gzip");
        assertThat(plain.toLowerCase(Locale.ROOT)).doesNotContain("content-encoding");
        assertThat(packed.length).isLessThan(plain.length() / 2);
    }

    @Test
    void aCompressedAnswerHasATagOfItsOwnForTheSameVersion() throws IOException {
        String set = "/api/v1/dimension-sets/"
                + caller.post("/api/v1/dimension-sets", SET).text("/id");
        assertThat(head(raw(request("GET", set, "")))).contains("etag: \"1\"");

        assertThat(head(raw(request("GET", set, "Accept-Encoding: gzip\r\n")))).contains("etag: \"1-gzip\"");

        Answer known = caller.get(set, Map.of("If-None-Match", "\"1-gzip\""));
        assertThat(known.status()).isEqualTo(304);
        assertThat(known.headers().getETag()).isEqualTo("\"1-gzip\"");
        assertThat(caller.get(set, Map.of("If-None-Match", "\"2-gzip\"")).status())
                .isEqualTo(200);
        Map<String, String> meant = Map.of("Content-Type", "application/json", "If-Match", "\"1-gzip\"");
        assertThat(caller.send(HttpMethod.PATCH, set, meant, "{\"cooldown\": 42}")
                        .status())
                .isEqualTo(200);
        assertThat(caller.send(HttpMethod.PATCH, set, meant, "{\"cooldown\": 43}")
                        .status())
                .isEqualTo(412);
    }

    @Test
    void whoHasWhicheverVersionThereIsNeedsNone() {
        Answer me = caller.get("/api/v1/dimension-sets/gaming_default", Map.of("If-None-Match", "*"));

        assertThat(me.status()).isEqualTo(304);
        assertThat(me.text()).isEmpty();
        assertThat(me.headers().getETag()).isNotNull();
        assertThat(caller.get("/api/v1/dimension-sets/nothing", Map.of("If-None-Match", "*"))
                        .status())
                .isEqualTo(404);
    }

    private static String head(String answer) {
        return answer.split("\r\n\r\n", 2)[0].toLowerCase(Locale.ROOT);
    }

    @Test
    void eventsAreNotHeldBackToBeCompressed() throws IOException {
        Sample sample = Sample.completed(api, caller.organization());
        String events = raw(
                request("GET", STREAMS + "/" + sample.stream().streamId() + "/events", "Accept-Encoding: gzip\r\n"));

        assertThat(events).contains("event:stream.completed").doesNotContain("gzip");
    }

    @Test
    void headIsGetWithoutABody() {
        Answer head = caller.send(HttpMethod.HEAD, STREAMS, Map.of(), "");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.text()).isEmpty();
        assertThat(caller.send(HttpMethod.HEAD, STREAMS + "/stream_x", Map.of(), "")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void optionsTellWhatIsPossible() {
        Answer options = caller.send(HttpMethod.OPTIONS, STREAMS, Map.of(), "");

        assertThat(options.status()).isEqualTo(200);
        assertThat(options.headers().getAllow()).contains(HttpMethod.GET, HttpMethod.POST);
    }

    @Test
    void noPageOfAnotherOriginMayReadAnAnswerUnlessItIsSetUp() {
        Answer answer = caller.get(STREAMS, Map.of("Origin", "https://app.example.com"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().getAccessControlAllowOrigin()).isNull();
    }

    private String request(String method, String path, String more) {
        return method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: " + caller.key() + "\r\n"
                + more + "\r\n";
    }

    private String raw(String request) throws IOException {
        return new String(rawBytes(request), UTF_8);
    }

    private byte[] rawBytes(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return socket.getInputStream().readAllBytes();
        }
    }
}
