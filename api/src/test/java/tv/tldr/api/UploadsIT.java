package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tv.tldr.activities.UploadedFiles;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.store.RemovedObjects;
import tv.tldr.activities.store.UploadStore;
import tv.tldr.workflows.account.Plan;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.StreamId;

class UploadsIT {
    private static final String UPLOADS = "/api/v1/uploads";
    private static final byte[] FILE = video();
    private static final String GO_ON = "HTTP/1.1 100 Continue\r\n\r\n";

    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller("streams:write", "streams:read", "streams:delete");

    @Test
    void aFileBecomesAStreamInOneRequest() throws IOException {
        Answer answer = form(FILE, Map.of("sha256", sha256(FILE), "stream", "{\"options\": {\"max_highlights\": 3}}"));

        assertThat(answer.status()).as("%s", answer).isEqualTo(202);
        assertThat(answer.text("/platform")).isEqualTo("upload");
        assertThat(answer.text("/source_url")).startsWith("upload:upl_");
        assertThat(answer.json().at("/options/max_highlights").asInt()).isEqualTo(3);
        assertThat(stored(answer.text("/id"))).isEqualTo(FILE);

        String stream = "/api/v1/streams/" + answer.text("/id");
        caller.post(stream + "/stop", "{\"force\": true}");
        await().until(() -> caller.send(HttpMethod.DELETE, stream, Map.of(), "").status() == 204);
        api.bean(RemovedObjects.class).sweep().block();
        assertNothingIsLeft();
    }

    @Test
    void aFormThatIsRefusedLeavesNothing() {
        assertThat(form(FILE, Map.of("sha256", "0".repeat(64))).status()).isEqualTo(422);
        assertThat(form("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n".getBytes(StandardCharsets.UTF_8), Map.of())
                        .status())
                .isEqualTo(422);
        assertThat(form(FILE, Map.of("stream", "{\"options\": {\"nonsense\": 1}}"))
                        .wrongFields())
                .containsExactly("options.nonsense");
        assertThat(form(FILE, Map.of("stream", """
                                {"source_url": "https://media.example.com/a.mp4", "options": {"max_highlights": 0},
                                 "metadata": 1, "nonsense": 1}""")).wrongFields())
                .as("every one at once, and none that is right")
                .containsExactlyInAnyOrder("source_url", "options.max_highlights", "metadata", "nonsense");
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("sha256", "no hash");
        wrong.put("stream", "{\"nonsense\": 1}");
        assertThat(form(FILE, wrong).wrongFields()).containsExactly("sha256", "nonsense");
        wrong.remove("stream");
        assertThat(form(FILE, wrong).wrongFields()).containsExactly("sha256");
        assertThat(form("--bound\r\nContent-Disposition: form-data; name=\"sha256\"\r\n\r\nx\r\n--bound--\r\n")
                        .wrongFields())
                .containsExactly("sha256", "file");
        assertThat(form(FILE, Map.of("surprise", "1")).status()).isEqualTo(400);
        assertThat(form(new byte[0], Map.of()).status()).isEqualTo(400);
        for (String broken :
                List.of("", "no form", "--bound\r\n", "--bound\r\nContent-Disposition: form-data\r\n\r\nx")) {
            assertThat(form(broken).status()).as(broken).isEqualTo(400);
        }

        assertNothingIsLeft();
    }

    @Test
    void aClientThatHangsUpInAFormLeavesNothing() throws IOException {
        byte[] form = body(FILE, Map.of());
        send(
                "POST /api/v1/streams/uploads",
                Map.of("Content-Type", "multipart/form-data; boundary=bound"),
                form.length,
                Arrays.copyOf(form, form.length / 2));

        await().until(() -> count("SELECT count(*) AS n FROM uploads WHERE organization_id = :organization") == 0);
        assertNothingIsLeft();
    }

    @Test
    void theSameFormUnderOneKeyIsOneStream() {
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        Answer first = form(FILE, Map.of(), key);
        Answer again = form(FILE, Map.of(), key);

        assertThat(again.text("/id")).isEqualTo(first.text("/id"));
        assertThat(again.headers().getFirst("Idempotency-Replayed")).isEqualTo("true");
        assertThat(form(video(), Map.of("sha256", sha256(FILE)), key).status()).isEqualTo(422);
    }

    @Test
    void aFormOfWhichNobodySaysHowLongItIsHasNoKey() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + api.port() + "/api/v1/streams/uploads"))
                    .header("X-API-Key", caller.key())
                    .header("Idempotency-Key", UUID.randomUUID().toString())
                    .header("Content-Type", "multipart/form-data; boundary=bound")
                    .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body(FILE, Map.of()))))
                    .build();

            HttpResponse<String> refused = client.send(request, BodyHandlers.ofString());

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("Content-Length");
        }
        assertNothingIsLeft();
    }

    @Test
    void anUploadGoesOnWhereTheConnectionBroke() throws IOException {
        String upload = begin(FILE.length, Map.of());
        int half = FILE.length / 2;
        send("PATCH " + upload, patchHeaders(0), FILE.length, Arrays.copyOf(FILE, half));

        await().untilAsserted(() -> assertThat(offset(upload)).isEqualTo(half));
        assertThat(patch(upload, 0, FILE).status()).isEqualTo(409);
        Answer rest = patch(upload, half, Arrays.copyOfRange(FILE, half, FILE.length));
        assertThat(rest.status()).as("%s", rest).isEqualTo(204);
        assertThat(rest.headers().getFirst("Upload-Offset")).isEqualTo(String.valueOf(FILE.length));
        Answer whole = caller.get(upload);
        assertThat(whole.text("/status")).isEqualTo("complete");
        assertThat(whole.text("/sha256")).isEqualTo(sha256(FILE));

        Answer stream = caller.submit(whole.text("/source_url"));
        assertThat(stream.status()).as("%s", stream).isEqualTo(202);
        assertThat(stream.text("/platform")).isEqualTo("upload");
        assertThat(stored(stream.text("/id"))).isEqualTo(FILE);
        assertThat(caller.get(upload).text("/stream_id")).isEqualTo(stream.text("/id"));
        assertThat(caller.submit(whole.text("/source_url")).status()).isEqualTo(409);
        assertThat(caller.send(HttpMethod.DELETE, upload, Map.of(), "").status())
                .isEqualTo(409);
    }

    @Test
    void aStreamIsMadeOfWholeUploadsOfOnesOwnAlone() {
        String upload = begin(FILE.length, Map.of());
        String source = caller.get(upload).text("/source_url");

        assertThat(caller.submit(source).wrongFields()).containsExactly("source_url");
        assertThat(caller.submit("upload:nothing").wrongFields()).containsExactly("source_url");
        patch(upload, 0, FILE);
        assertThat(api.caller("streams:write").submit(source).wrongFields()).containsExactly("source_url");
    }

    @Test
    void bytesThatFailTheirChecksumDoNotCount() {
        String upload = begin(FILE.length, Map.of());
        Map<String, String> wrong = patchHeaders(0);
        wrong.put("Upload-Checksum", "sha1 " + Base64.getEncoder().encodeToString(new byte[20]));
        Map<String, String> right = patchHeaders(0);
        right.put("Upload-Checksum", "sha256 " + Base64.getEncoder().encodeToString(hash(FILE)));

        assertThat(patch(upload, wrong, FILE).status()).isEqualTo(460);
        assertThat(offset(upload)).isZero();
        assertThat(parts()).isEmpty();
        assertThat(patch(upload, right, FILE).status()).isEqualTo(204);
    }

    @Test
    void anotherFileThanTheDeclaredOneIsRefusedAtItsEnd() {
        String declared = Base64.getEncoder().encodeToString("0".repeat(64).getBytes(StandardCharsets.UTF_8));
        String upload = begin(FILE.length, Map.of("Upload-Metadata", "filename bWF0Y2gubXA0,sha256 " + declared));

        assertThat(patch(upload, 0, FILE).status()).isEqualTo(422);
        assertThat(caller.get(upload).status()).isEqualTo(404);
    }

    @Test
    void ofTwoThatSendTheSameBytesOneCounts() {
        String upload = begin(FILE.length, Map.of());
        List<CompletableFuture<Answer>> both = Stream.of(1, 2)
                .map(_ -> CompletableFuture.supplyAsync(() -> patch(upload, 0, FILE)))
                .toList();

        assertThat(both.stream().map(answer -> answer.join().status()).sorted()).containsExactly(204, 409);
        assertThat(caller.get(upload).text("/sha256")).isEqualTo(sha256(FILE));
        assertThat(parts()).hasSize(1);
    }

    @Test
    void moreThanTheLengthOrTheRoomIsRefused() {
        String upload = begin(10, Map.of());
        assertThat(patch(upload, 0, FILE).status()).isEqualTo(413);
        assertThat(create(caller, String.valueOf(Long.MAX_VALUE / 10), Map.of()).status())
                .isEqualTo(413);
        assertThat(create(caller, "0", Map.of()).status()).isEqualTo(400);
        Caller small = api.caller(api.organization(Plan.STARTER), null, "streams:write");
        Answer full = create(small, "60000000000", Map.of());
        assertThat(full.status()).isEqualTo(403);
        assertThat(full.text("/code")).isEqualTo("QUOTA_EXCEEDED");
    }

    @Test
    void ofManyThatBeginAtOnceTheRoomIsGivenOnce() {
        Caller small = api.caller(api.organization(Plan.STARTER), null, "streams:write");
        List<Answer> answers;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> create(small, "20000000000", Map.of()), threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(2);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .extracting(answer -> answer.text("/code"))
                .containsOnly("QUOTA_EXCEEDED");
    }

    @Test
    void theProtocolIsDescribedAndItsVersionHeldTo() {
        Answer options = caller.send(HttpMethod.OPTIONS, UPLOADS, Map.of(), "");
        assertThat(options.headers().getFirst("Tus-Extension")).contains("creation", "checksum", "termination");
        String upload = begin(FILE.length, Map.of());
        assertThat(patch(upload, new LinkedHashMap<>(Map.of("Upload-Offset", "0")), FILE)
                        .status())
                .isEqualTo(412);
    }

    @Test
    void whatIsGivenUpGoesWithItsBytes() {
        String deleted = begin(FILE.length, Map.of());
        patch(deleted, 0, Arrays.copyOf(FILE, 1000));
        assertThat(caller.send(HttpMethod.DELETE, deleted, Map.of(), "").status())
                .isEqualTo(204);
        assertThat(caller.get(deleted).status()).isEqualTo(404);
        assertThat(parts()).isEmpty();

        String expired = begin(FILE.length, Map.of());
        patch(expired, 0, Arrays.copyOf(FILE, 1000));
        api.owner()
                .sql("UPDATE uploads SET expires_at = now() WHERE organization_id = :organization")
                .bind("organization", caller.organization().uuid())
                .then()
                .block();
        assertThat(caller.get(expired).status()).isEqualTo(404);
        api.bean(UploadStore.class).sweep().block();
        api.bean(RemovedObjects.class).sweep().block();
        assertNothingIsLeft();
    }

    private String begin(long length, Map<String, String> headers) {
        Answer created = create(caller, String.valueOf(length), headers);
        assertThat(created.status()).as("%s", created).isEqualTo(201);
        return String.valueOf(created.headers().getFirst("Location"));
    }

    private static Answer create(Caller caller, String length, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Tus-Resumable", "1.0.0");
        all.put("Upload-Length", length);
        return caller.send(HttpMethod.POST, UPLOADS, all, "");
    }

    private Answer patch(String upload, long offset, byte[] bytes) {
        return patch(upload, patchHeaders(offset), bytes);
    }

    private Answer patch(String upload, Map<String, String> headers, byte[] bytes) {
        headers.put("Content-Type", "application/offset+octet-stream");
        return caller.send(HttpMethod.PATCH, upload, headers, bytes);
    }

    private static Map<String, String> patchHeaders(long offset) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Tus-Resumable", "1.0.0");
        headers.put("Upload-Offset", String.valueOf(offset));
        headers.put("Content-Type", "application/offset+octet-stream");
        return headers;
    }

    private long offset(String upload) {
        return caller.get(upload).json().path("offset").asLong();
    }

    private Answer form(byte[] file, Map<String, String> fields) {
        return form(file, fields, Map.of());
    }

    private Answer form(byte[] file, Map<String, String> fields, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Content-Type", "multipart/form-data; boundary=bound");
        return caller.send(HttpMethod.POST, "/api/v1/streams/uploads", all, body(file, fields));
    }

    private Answer form(String body) {
        return caller.send(
                HttpMethod.POST,
                "/api/v1/streams/uploads",
                Map.of("Content-Type", "multipart/form-data; boundary=bound"),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] body(byte[] file, Map<String, String> fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        fields.forEach((name, value) -> out.writeBytes(
                ("--bound\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n")
                        .getBytes(StandardCharsets.UTF_8)));
        out.writeBytes(String.join(
                        "\r\n",
                        "--bound",
                        "Content-Disposition: form-data; name=\"file\"; filename=\"x.mp4\"",
                        "Content-Type: video/mp4",
                        "",
                        "")
                .getBytes(StandardCharsets.UTF_8));
        out.writeBytes(file);
        out.writeBytes("\r\n--bound--\r\n".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    /** Says that {@code length} bytes come, sends these as soon as they are read, and hangs up. */
    private void send(String request, Map<String, String> headers, int length, byte[] bytes) throws IOException {
        StringBuilder head = new StringBuilder(request + " HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + caller.key()
                + "\r\nExpect: 100-continue\r\nContent-Length: " + length + "\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
                OutputStream out = socket.getOutputStream()) {
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            out.flush();
            assertThat(new String(socket.getInputStream().readNBytes(GO_ON.length()), StandardCharsets.US_ASCII))
                    .isEqualTo(GO_ON);
            out.write(bytes);
            out.flush();
        }
    }

    /** What a worker reads of the stream's upload. */
    private byte[] stored(String stream) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StreamRef ref = new StreamRef(caller.organization(), StreamId.parse(stream));
        for (ObjectKey part : api.bean(UploadedFiles.class).of(ref).parts()) {
            try (java.io.InputStream in = api.bean(ObjectStore.class).get(part)) {
                in.transferTo(out);
            }
        }
        return out.toByteArray();
    }

    private List<ObjectKey> parts() {
        return api.bean(ObjectStore.class).list(new ObjectKey("organizations/" + caller.organization() + "/uploads"));
    }

    private void assertNothingIsLeft() {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(parts()).isEmpty());
        assertThat(count("SELECT count(*) AS n FROM uploads WHERE organization_id = :organization"))
                .isZero();
        assertThat(count("SELECT count(*) AS n FROM streams WHERE organization_id = :organization"))
                .isZero();
    }

    private long count(String statement) {
        return api.count(caller.organization(), statement);
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(hash(bytes));
    }

    private static byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] video() {
        try {
            return Files.readAllBytes(Path.of("../samples/gameplay.mp4"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
