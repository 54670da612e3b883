package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Accepted work is never lost: while streams are submitted, the database, Temporal and the program itself are killed without
 * warning, one after the other. Every stream that was answered with 202 then comes to its end, once. A longer campaign:
 * {@code -Dchaos.rounds=10 -Dchaos.streams=500}.
 */
class ChaosIT {
    private static final String PROGRAM = "the program";
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    /** By when every accepted stream has ended after the last kill, however many there are. */
    private static final Duration SETTLED = Duration.ofMinutes(15);

    private static final List<String> VICTIMS = List.of("temporal", "postgres", PROGRAM, "temporal", "postgres");

    private static final int ROUNDS = Integer.getInteger("chaos.rounds", 1);
    /** No more are submitted, so that a slow machine comes to the end of them. */
    private static final int MOST = Integer.getInteger("chaos.streams", 500);
    /** What is accepted before each kill, so that as many as were asked for are by the last. */
    private static final int EACH = Math.max(2, Integer.getInteger("chaos.streams", 0) / (ROUNDS * VICTIMS.size()));

    private final Random random = new Random(20260829);
    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
    private final AtomicReference<ApiClient> way = new AtomicReference<>();
    private final AtomicBoolean over = new AtomicBoolean();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyAcceptedStreamIsCompletedOnceWhateverIsKilled(TestReporter reporter) throws Exception {
        folder = folder.toRealPath();
        Path film = new Footage(folder).make("film.mp4", "-ss 70 -i SAMPLE -t 20 -c copy");
        Thread customer = Thread.ofVirtual().unstarted(() -> submitUntilOver(film));
        for (String victim : Collections.nCopies(ROUNDS, VICTIMS).stream()
                .flatMap(List::stream)
                .toList()) {
            try (Program program = Program.start(folder, "serve")) {
                way.set(program.ready());
                if (customer.getState() == Thread.State.NEW) {
                    customer.start();
                }
                int before = accepted.size();
                await().atMost(PATIENCE).until(() -> accepted.size() >= Math.min(MOST, before + EACH));
                pause(random.nextInt(1500));
                if (!victim.equals(PROGRAM)) {
                    kill(program, victim);
                }
                pause(random.nextInt(2500));
                program.kill();
                program.exit();
            }
        }
        over.set(true);
        customer.join();
        try (Program last = Program.start(folder, "serve")) {
            ApiClient client = last.ready();
            await().atMost(SETTLED).untilAsserted(() -> assertThat(accepted)
                    .allSatisfy(id -> assertThat(status(client, id)).isEqualTo("completed")));
            // What was written down when the answer got lost comes to its end, too: the sweep starts it.
            await().atMost(SETTLED).untilAsserted(() -> assertThat(
                            Rows.of(folder, "SELECT workflow_id FROM streams WHERE status <> 'completed'"))
                    .isEmpty());
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            Rows.of(folder, "SELECT id::text FROM batches WHERE status <> 'completed'"))
                    .isEmpty());
            theRecordsAgree();
            reporter.publishEntry("accepted streams", String.valueOf(accepted.size()));
            last.terminate();
            last.exit();
        }
        assertThat(folder.resolve(".tldr/scratch")).isEmptyDirectory();
    }

    private static void kill(Program program, String victim) {
        List<ProcessHandle> found = program.others().stream()
                .filter(process -> process.info().command().orElse("").endsWith("/" + victim))
                .toList();
        assertThat(found).as(victim).isNotEmpty();
        found.forEach(ProcessHandle::destroyForcibly);
    }

    private void submitUntilOver(Path film) {
        boolean isBatched = false;
        for (int number = 0; !over.get() && accepted.size() < MOST; number++) {
            try {
                isBatched = isBatched || submitBatch(film, number);
                Path copy = Files.createLink(folder.resolve("film-" + number + ".mp4"), film);
                ApiClient client = way.get();
                accepted.add(client.post(
                                "/api/v1/streams",
                                Json.of("{'source_url': '" + copy.toUri()
                                        + "', 'options': {'highlight_threshold': 0}}"))
                        .path("id")
                        .asString());
            } catch (IOException | Refusal notAccepted) {
                // Nothing was promised.
            }
            pause(400);
        }
    }

    /** Three at once, one after the other. */
    private boolean submitBatch(Path film, int number) throws IOException {
        List<String> streams = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Path copy = Files.createLink(folder.resolve("batch-" + number + "-" + i + ".mp4"), film);
            streams.add("{'source_url': '" + copy.toUri() + "', 'options': {'highlight_threshold': 0}}");
        }
        way.get()
                .post(
                        "/api/v1/batches",
                        Json.of("{'parallel_limit': 1, 'streams': [" + String.join(",", streams) + "]}"))
                .path("entries")
                .forEach(entry -> accepted.add(entry.path("stream_id").asString()));
        return true;
    }

    private void theRecordsAgree() throws IOException, SQLException {
        Set<String> known = new TreeSet<>();
        for (List<String> stream : Rows.of(folder, "SELECT workflow_id FROM streams")) {
            known.add(stream.getFirst().substring("stream/".length()));
        }
        assertThat(known).containsAll(accepted);
        assertThat(Rows.of(
                        folder,
                        "SELECT stream_id FROM events WHERE type IN ('stream.started', 'stream.completed')"
                                + " GROUP BY stream_id, type HAVING count(*) <> 1"))
                .isEmpty();
        assertThat(number("SELECT count(*) FROM events WHERE type = 'batch.completed'"))
                .isEqualTo(number("SELECT count(*) FROM batches"))
                .isPositive();
        assertThat(number("SELECT count(*) FROM events WHERE type = 'highlight.processed'"))
                .isEqualTo(number("SELECT count(*) FROM highlights WHERE status = 'processed'"))
                .isEqualTo(number("SELECT count(*) FROM highlights"))
                .isPositive();
        assertThat(Rows.of(folder, "SELECT sequence FROM events ORDER BY sequence"))
                .extracting(row -> Integer.valueOf(row.getFirst()))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, number("SELECT count(*) FROM events"))
                        .boxed()
                        .toList());
        everyClipIsWhole();
    }

    private void everyClipIsWhole() throws IOException, SQLException {
        for (List<String> clip :
                Rows.of(folder, "SELECT files->'clip'->>'object_key', files->'clip'->>'sha256' FROM highlights")) {
            assertThat(sha256(folder.resolve(".tldr/objects").resolve(clip.getFirst())))
                    .as(clip.getFirst())
                    .isEqualTo(clip.get(1));
        }
    }

    private int number(String sql) throws IOException, SQLException {
        return Integer.parseInt(Rows.of(folder, sql).getFirst().getFirst());
    }

    private static String status(ApiClient client, String id) throws IOException {
        return client.get("/api/v1/streams/" + id).path("status").asString();
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The randomness of the campaign, not a wait for anything. */
    private static void pause(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
