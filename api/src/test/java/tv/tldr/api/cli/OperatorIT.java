package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.embedded.RunningInstance;

/** The commands of an operator, beside a program that works; in the end all of it is lost, and restored from a backup. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperatorIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String NOBODY = "stream_01jbxq7r5tfqnvezmkyb7hx3pa";

    private Path folder = Path.of("");
    private String film = "";
    private String longFilm = "";
    private String finished = "";
    private Program serve;
    private ApiClient client;

    @BeforeAll
    void start(@TempDir Path fresh) throws IOException {
        folder = fresh.toRealPath();
        Files.writeString(folder.resolve(".env"), """
                SECRET_KEY=canary: a secret key that outlives the disk
                WEBHOOK_SECRET_KEY=canary: what signs the hooks of a stream
                SMTP_PASSWORD=canary-of-the-mail-server
                SWEEP_INTERVAL=1s
                SWEEP_SILENCE=5s
                """);
        Footage footage = new Footage(folder);
        film = Footage.SAMPLE.toString();
        longFilm = footage.make("long.mp4", "-stream_loop 60 -i SAMPLE -t 3600 -c copy")
                .toUri()
                .toString();
        serve = Program.start(folder, "serve");
        client = serve.ready();
        Typed analyze = Typed.in(folder, "analyze", film, "--json", "--threshold", "0.3");
        assertThat(analyze.exitCode()).as(analyze.err()).isZero();
        finished = analyze.json().at("/stream/id").asString();
    }

    @AfterAll
    void stop() {
        serve.close();
    }

    @Test
    @Order(1)
    void migrationsAreToldAndNoneIsLeft() {
        JsonNode history = done("db", "history", "--json").json();
        assertThat(history.size()).isGreaterThan(30);
        assertThat(history).allMatch(each -> each.path("state").asString().equals("Success"));

        assertThat(done("db", "migrate", "--dry-run").err()).contains("Nothing is to be applied.");
        assertThat(done("db", "migrate").err()).contains("Nothing is to be applied.");
        assertThat(refused("db", "repair").err()).contains("Say --yes");
        assertThat(done("db", "repair", "--yes").out()).startsWith("Forgotten: 0");
        assertThat(refused("db", "baseline", "--at", "3", "--yes").err()).doesNotContain("\tat ");
    }

    @Test
    @Order(2)
    void keysAreMadeReplacedAndRevoked() throws IOException {
        Typed made = done("keys", "create", "for a test", "--scopes", "streams:read");
        String key = made.out().strip();
        assertThat(key).startsWith("tldr_sk_");
        assertThat(made.err()).doesNotContain(key).contains("key_");
        String id = made.err().substring(0, made.err().indexOf(','));
        assertThat(done("keys", "list").out()).contains(id, "for a test").doesNotContain(key);

        String next = done("keys", "rotate", id, "--overlap", "0").out().strip();
        assertThat(next).startsWith("tldr_sk_").isNotEqualTo(key);
        assertThat(refused("keys", "revoke", id).err()).contains("Say --yes");
        assertThat(refused("keys", "revoke", "key_01jbxq7r5tfqnvezmkyb7hx3pa", "--yes")
                        .err())
                .contains("RESOURCE_NOT_FOUND");
        assertThat(Typed.in(folder, "keys", "create", "x", "--scopes", "everything")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    @Order(2)
    void anOrganizationGetsAnotherPlan() throws IOException {
        JsonNode before = done("organizations", "list", "--json").json();
        assertThat(before).hasSize(1);
        String id = before.at("/0/id").asString();
        assertThat(before.at("/0/plan").asString()).isEqualTo("ENTERPRISE");

        assertThat(done("organizations", "plan", id, "professional").out()).contains(id, "PROFESSIONAL");
        assertThat(client.get("/api/v1/usage/retention").path("retention_days").asInt())
                .isEqualTo(30);
        assertThat(client.get("/api/v1/organizations/" + id + "/audit-log?action=organization_updated")
                        .at("/data/0/details/plan")
                        .asString())
                .isEqualTo("PROFESSIONAL");
        done("organizations", "plan", id, "enterprise");
        assertThat(refused("organizations", "plan", "org_01jbxq7r5tfqnvezmkyb7hx3pa", "starter")
                        .err())
                .contains("There is no organization");
    }

    @Test
    @Order(2)
    void whichOrganizationsAreGoneIsToldWithWhoWantedThat() throws Exception {
        JsonNode eve = stranger("POST", "/auth/register", "", """
                {"email": "eve@example.com", "password": "nine rainy days in May", "name": "Eve", "organization_name": "Gone"}
                """);
        String id = eve.path("organization_id").asString();
        stranger("DELETE", "/organizations/" + id, eve.path("access_token").asString(), "{\"name\": \"Gone\"}");

        JsonNode gone = done("organizations", "deleted", "--json").json();

        assertThat(gone).hasSize(1);
        assertThat(gone.at("/0/id").asString()).isEqualTo(id);
        assertThat(gone.at("/0/deleted_by").asString())
                .isEqualTo(eve.path("user_id").asString());
        assertThat(done("organizations", "deleted").out()).contains(id, "Gone");
        assertThat(done("organizations", "list").out()).doesNotContain(id);
    }

    private JsonNode stranger(String method, String path, String token, String body) throws Exception {
        URI api = RunningInstance.read(new Home(folder.resolve(".tldr")))
                .orElseThrow()
                .api();
        HttpRequest request = HttpRequest.newBuilder(api.resolve("/api/v1" + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
            return answer.body().isEmpty()
                    ? JsonMapper.shared().missingNode()
                    : JsonMapper.shared().readTree(answer.body());
        }
    }

    @Test
    @Order(3)
    void aHeldQueueIsEmptiedAndItsStreamsGoOnWhenAsked() throws Exception {
        assertThat(done("queue", "list", "--json").json())
                .extracting(queue -> queue.path("queue").asString())
                .containsExactly("streams", "media", "analysis", "deliveries");
        assertThat(done("queue", "describe", "media").out()).contains("activities", "Worker");

        assertThat(done("queue", "drain", "media").err()).contains("Nothing runs any more.");
        assertThat(done("queue", "describe", "media").out()).contains("held");
        String stream = submitted(film);
        awaitProcessing(stream);
        assertThat(done("queue", "purge", "media", "--dry-run").out()).contains("stream/" + stream);
        assertThat(done("streams", "describe", stream).out()).contains("ProbeSource in media: scheduled");

        assertThat(refused("queue", "purge", "media").err()).contains("Say --yes");
        assertThat(done("queue", "purge", "media", "--yes").out()).contains("stream/" + stream);
        JsonNode ended = client.get("/api/v1/streams/" + stream);
        assertThat(ended.path("status").asString()).isEqualTo("failed");
        assertThat(ended.at("/errors/0/message").asString()).contains("terminated by an operator");
        assertThat(done("queue", "purge", "media", "--yes").err()).contains("Nothing waits");

        done("queue", "drain", "media", "--resume");
        assertThat(done("streams", "retry", stream).out()).contains("pending");
        awaitStatus(stream, "completed");
    }

    @Test
    @Order(4)
    void whatIsStuckIsDoneAgainFromItsBeginning() throws Exception {
        assertThat(done("streams", "list", "--status", "completed").out()).contains(finished);
        assertThat(refused("streams", "describe", NOBODY).err()).contains("There is no stream " + NOBODY);
        assertThat(refused("streams", "stop", NOBODY).err()).contains("RESOURCE_NOT_FOUND");
        assertThat(refused("streams", "reset", finished, "--yes").err()).contains("has ended (completed)");

        done("queue", "drain", "media");
        String stream = submitted(film);
        awaitProcessing(stream);
        assertThat(refused("streams", "reset", stream).err()).contains("Say --yes");
        String run = done("streams", "reset", stream, "--yes", "--json")
                .json()
                .path("run_id")
                .asString();
        assertThat(done("streams", "describe", stream).out()).contains("RUNNING", run);
        done("queue", "drain", "media", "--resume");
        awaitStatus(stream, "completed");
        assertThat(done("streams", "stop", stream, "--force").out()).contains("completed");
    }

    @Test
    @Order(5)
    void whatWebhooksWereSentIsLookedAt() throws Exception {
        String id = client.post(
                        "/api/v1/webhooks",
                        Json.of("{'url': 'https://hooks.example.com/tldr', 'events': ['stream.started']}"))
                .path("id")
                .asString();

        assertThat(done("webhooks", "list").out()).contains(id, "healthy");
        assertThat(done("webhooks", "describe", id).out()).contains("https://hooks.example.com/tldr");
        assertThat(done("webhooks", "deliveries", id, "--json").json()).isEmpty();
        assertThat(done("webhooks", "recover", id).out()).contains("are sent again.");
        assertThat(refused("webhooks", "redeliver", id, "del_01jbxq7r5tfqnvezmkyb7hx3pa")
                        .err())
                .contains("RESOURCE_NOT_FOUND");
        client.delete("/api/v1/webhooks/" + id);
    }

    @Test
    @Order(6)
    void whatTheDocumentationTellsTheTemporalCommandDoes() throws Exception {
        String temporal = RunningInstance.read(new Home(folder.resolve(".tldr")))
                .map(RunningInstance::temporal)
                .orElseThrow();
        done("queue", "drain", "media");
        String stream = submitted(film);
        String unwanted = submitted(film);
        awaitProcessing(stream);
        awaitProcessing(unwanted);
        TemporalCommands commands = new TemporalCommands(temporal);

        assertThat(commands.documented()).hasSizeGreaterThan(10).anyMatch(TemporalCommands::stops);
        for (String command : commands.documented()) {
            assertThat(commands.run(command, TemporalCommands.stops(command) ? unwanted : stream))
                    .as(command)
                    .isZero();
        }
        done("queue", "drain", "media", "--resume");
        awaitStatus(stream, "completed");
        awaitStatus(unwanted, "stopped");
    }

    @Test
    @Order(7)
    void objectsAreHeldAgainstTheirRowsAndFetched() throws Exception {
        assertThat(done("storage", "verify", "--deep").err()).contains("all are there");
        done("db", "backup", "--to", "backup", "--quiet");
        List<Path> clips = objects("clip.mp4");
        List<Path> thumbnails = objects("thumbnail.jpg");
        Files.delete(thumbnails.getFirst());
        Files.writeString(clips.getFirst(), "half a clip");

        Typed verify = Typed.in(folder, "storage", "verify");
        assertThat(verify.exitCode()).isEqualTo(1);
        assertThat(verify.out().lines().sorted())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("missing").endsWith("/thumbnail.jpg"),
                        line -> assertThat(line).startsWith("size").endsWith("/clip.mp4"));

        assertThat(done("storage", "sync", "--from", "backup").err()).contains("2 fetched, 0 are not in backup");
        assertThat(done("storage", "verify", "--deep").err()).contains("all are there");
        assertThat(refused("storage", "sweep").err()).contains("Say --yes");
        assertThat(done("storage", "sweep", "--yes").out()).contains("left over by what is gone: 0");
    }

    @Test
    @Order(8)
    void aBundleForWhoHelpsHasNoSecret() throws Exception {
        Files.writeString(
                folder.resolve(".tldr/logs/tldr.log"),
                "X-API-Key: tldr_sk_canary0123456789ABCDEFGHabcdefgh\nGET https://a.example.com/v.mp4?sig=canary\n",
                StandardOpenOption.APPEND);

        done("support-bundle", "--out", "bundle.zip");

        try (FileSystem zip = FileSystems.newFileSystem(folder.resolve("bundle.zip"));
                Stream<Path> pages = Files.walk(zip.getPath("/")).filter(Files::isRegularFile)) {
            Map<String, String> texts = new TreeMap<>();
            for (Path page : (Iterable<Path>) pages::iterator) {
                texts.put(page.toString(), Files.readString(page));
            }
            assertThat(texts)
                    .containsKeys("/versions.txt", "/settings.json", "/queues.json", "/streams.json", "/logs/tldr.log");
            assertThat(texts.get("/workflows.json")).contains("purged by an operator");
            assertThat(texts.get("/settings.json")).contains("SWEEP_SILENCE", "5s");
            assertThat(texts.get("/logs/tldr.log")).contains("https://a.example.com/v.mp4");
            assertThat(texts.values()).noneMatch(text -> text.contains("canary"));
            assertThat(texts.values())
                    .noneMatch(text -> text.contains(serve.out()
                            .lines()
                            .filter(line -> line.startsWith("API key"))
                            .map(line -> line.replaceFirst("API key +", "").replaceFirst(" .*", ""))
                            .findFirst()
                            .orElseThrow()));
        }
    }

    @Test
    @Order(9)
    void whatIsLostComesBackFromABackup() throws Exception {
        RestoreDrill drill = new RestoreDrill(folder, client);
        String running = submitted(longFilm);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> measured(running) > 0);
        done("queue", "drain", "media");
        assertThat(measured(running)).isBetween(1, 59);
        drill.backUp();
        serve.kill();
        serve.exit();
        serve.close();
        await().until(() -> serve.others().isEmpty());
        drill.loseEverything();
        drill.restore();

        serve = Program.start(folder, "serve");
        client = serve.ready();
        drill.answersAreTheSame(client);
        assertThat(refused("db", "restore", "--from", "backup").err()).contains("end it first");
        awaitStatus(running, "completed");
        drill.log(Map.of("the stream that was under way", "completed"));
    }

    private String submitted(String source) throws IOException {
        String url =
                source.startsWith("file:") ? source : Path.of(source).toUri().toString();
        return client.post(
                        "/api/v1/streams",
                        Json.of("{'source_url': '" + url + "', 'allow_duplicate': true,"
                                + " 'options': {'highlight_threshold': 0.3, 'max_highlights': 3}}"))
                .path("id")
                .asString();
    }

    private List<Path> objects(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(".tldr/objects"))) {
            return files.filter(file -> file.endsWith(name)).sorted().toList();
        }
    }

    private void awaitStatus(String stream, String status) {
        await().atMost(PATIENCE).until(() -> client.get("/api/v1/streams/" + stream)
                .path("status")
                .asString()
                .equals(status));
    }

    private void awaitProcessing(String stream) {
        await().atMost(PATIENCE).until(() -> client.get("/api/v1/streams/" + stream)
                .at("/progress/stage")
                .asString()
                .equals("probing"));
    }

    private int measured(String stream) throws IOException, SQLException {
        return Rows.of(
                        folder,
                        "SELECT 1 FROM signals s JOIN streams t ON t.id = s.stream_id WHERE t.workflow_id = 'stream/"
                                + stream + "'")
                .size();
    }

    private Typed done(String... arguments) {
        Typed typed = Typed.in(folder, arguments);
        assertThat(typed.exitCode()).as(List.of(arguments) + ": " + typed.err()).isZero();
        return typed;
    }

    private Typed refused(String... arguments) {
        Typed typed = Typed.in(folder, arguments);
        assertThat(typed.exitCode()).as(List.of(arguments) + ": " + typed.out()).isEqualTo(1);
        assertThat(typed.err()).startsWith("tldr: ").doesNotContain("\tat ");
        return typed;
    }
}
