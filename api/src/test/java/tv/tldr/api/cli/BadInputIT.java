package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whatever is given to {@code tldr analyze}: a person learns the code and the reason, and nothing is left behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BadInputIT {
    private final CountDownLatch over = new CountDownLatch(1);

    private Path folder = Path.of("");
    private Footage footage = new Footage(folder);
    private HttpServer host;
    private Program serve;

    /** Where there is no room, and the analysis that waits for some while the others are tried. */
    private Path crowded = Path.of("");

    private Program waiting;

    @BeforeAll
    void start(@TempDir Path fresh) throws IOException {
        folder = fresh.toRealPath();
        footage = new Footage(folder);
        host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        host.createContext("/gone.mp4", exchange -> answer(exchange, 404, "text/plain", "gone"));
        host.createContext("/page", exchange -> answer(exchange, 200, "text/html", "<!doctype html><p>Watch here</p>"));
        host.createContext("/endless.mp4", this::neverEnds);
        host.createContext("/silent.mp4", this::neverAnswers);
        host.createContext("/broken.mp4", BadInputIT::breaksOff);
        host.start();
        Files.writeString(
                folder.resolve(".env"),
                "SOURCES_ALLOW_PRIVATE=true\nSOURCES_PORTS=%d\nSOURCES_MAX_SIZE=8MB\nSOURCES_TIMEOUT=2s\n"
                        .formatted(host.getAddress().getPort()));
        crowded = Files.createDirectory(folder.resolve("crowded"));
        Files.writeString(crowded.resolve(".env"), "SCRATCH_RESERVE=1000TB\n");
        waiting = Program.start(crowded, "analyze", Footage.SAMPLE.toString(), "--json");
        waiting.ready();
        serve = Program.startWithoutPrivileges(folder, "serve");
        serve.ready();
    }

    @AfterAll
    void stop() throws InterruptedException {
        over.countDown();
        host.stop(0);
        serve.end();
        waiting.close();
    }

    @Test
    void aFileThatIsNotThere() {
        fails("missing.mp4", "SOURCE_UNREACHABLE", "there is no file " + folder.resolve("missing.mp4"));
    }

    @Test
    void aFolder() throws IOException {
        Files.createDirectory(folder.resolve("clips.mp4"));

        fails("clips.mp4", "SOURCE_UNREACHABLE", "is a folder");
    }

    @Test
    void aFileThatMayNotBeRead() throws IOException {
        assumeTrue(Program.canDropPrivileges(), "root reads every file here, and cannot be kept from it");
        Path secret = Files.copy(Footage.SAMPLE, folder.resolve("secret.mp4"));
        Files.setPosixFilePermissions(secret, Set.of());

        fails("secret.mp4", "SOURCE_UNREACHABLE", "no permission to read");
    }

    @Test
    void anEmptyFile() throws IOException {
        Files.createFile(folder.resolve("empty.mp4"));

        fails("empty.mp4", "SOURCE_NOT_MEDIA", "is empty");
    }

    @Test
    void aTextThatIsCalledAFilm() throws IOException {
        Files.writeString(folder.resolve("text.mp4"), "Dear Sir or Madam,\n".repeat(500));

        fails("text.mp4", "SOURCE_NOT_MEDIA", "text");
    }

    @Test
    void aFilmWithoutItsEnd() throws IOException {
        Path cut = Files.copy(
                footage.make("whole.mp4", "-i SAMPLE -t 5 -c copy -movflags -faststart"), folder.resolve("cut.mp4"));
        try (var channel = Files.newByteChannel(cut, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }

        fails("cut.mp4", "SOURCE_NOT_MEDIA", "moov atom not found");
    }

    @Test
    void aPicture() {
        footage.make("still.png", "-i SAMPLE -frames:v 1");

        fails("still.png", "SOURCE_NOT_MEDIA", "picture");
    }

    @Test
    void aUrlThatLeadsNowhere() {
        fails(url("/gone.mp4"), "SOURCE_UNREACHABLE", "404");
    }

    @Test
    void aWebPage() {
        fails(url("/page"), "SOURCE_NOT_MEDIA", "web page");
    }

    @Test
    void aUrlThatTimesOut() {
        fails(url("/silent.mp4"), "SOURCE_UNREACHABLE", "did not answer in time");
    }

    @Test
    void aUrlWhoseBodyAlwaysBreaksOff() {
        fails(url("/broken.mp4"), "SOURCE_ENDED", "the source broke off");
    }

    @Test
    void aUrlThatNeverEnds() {
        fails(url("/endless.mp4"), "SOURCE_TOO_LONG", "8");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void aFullDisk() throws InterruptedException {
        assertThat(waiting.exit()).isEqualTo(1);

        assertThat(waiting.err()).contains("tldr: STORAGE_FULL: ").contains("SCRATCH_DIR");
        assertThat(Json.of(waiting.out()).at("/stream/status").asString()).isEqualTo("failed");
        assertThat(waiting.others()).isEmpty();
        assertThat(crowded.resolve("highlights")).doesNotExist();
        assertThat(files(crowded.resolve(".tldr/scratch"))).isEmpty();
        assertThat(files(crowded.resolve(".tldr/objects"))).isEmpty();
    }

    private void fails(String source, String code, String reason) {
        Typed ending = Typed.in(folder, "analyze", source, "--json");

        assertThat(ending.exitCode()).isEqualTo(1);
        assertThat(ending.err())
                .contains("tldr: " + code + ": ")
                .contains(reason)
                .doesNotContain("\tat ");
        JsonNode stream = ending.json().path("stream");
        assertThat(stream.path("status").asString()).isEqualTo("failed");
        assertThat(stream.path("coverage").asDouble(1)).isZero();
        assertThat(stream.at("/errors/0/code").asString()).isEqualTo(code);
        assertThat(stream.at("/errors/0/message").asString()).contains(reason);
        assertThat(ending.highlights()).isEmpty();
        assertThat(folder.resolve("highlights")).doesNotExist();
        assertThat(files(folder.resolve(".tldr/scratch"))).isEmpty();
        assertThat(files(folder.resolve(".tldr/objects"))).isEmpty();
    }

    private static List<Path> files(Path folder) {
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (var tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String url(String path) {
        return "http://127.0.0.1:" + host.getAddress().getPort() + path;
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** A real beginning, and then more of it for ever. */
    private void neverEnds(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] film = Files.readAllBytes(Footage.SAMPLE);
            exchange.getResponseHeaders().set("Content-Type", "video/mp4");
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            while (over.getCount() > 0) {
                body.write(film);
            }
        }
    }

    private void neverAnswers(HttpExchange exchange) throws IOException {
        try (exchange) {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Promises more than it sends. */
    private static void breaksOff(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] film = Files.readAllBytes(Footage.SAMPLE);
            exchange.getResponseHeaders().set("Content-Type", "video/mp4");
            exchange.sendResponseHeaders(200, film.length);
            exchange.getResponseBody().write(film, 0, 100_000);
        }
    }
}
