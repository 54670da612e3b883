package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.temporal.failure.ApplicationFailure;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.CatalogActivities.StartStream;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.StreamStatus;

/** The postmaster is killed without a word while others work, and comes back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseOutageIT {
    private static final Duration HEALED = Duration.ofSeconds(10);
    /** Ten by {@code -Doutages=10}. */
    private static final int OUTAGES = Integer.getInteger("outages", 3);

    private static final int WRITERS = 8;

    private Path data;
    private EmbeddedPostgres postgres;
    private StoreContext stores;

    @BeforeAll
    void startAServerOfItsOwn(@TempDir Path folder, @TempDir Path objects) throws IOException {
        data = folder;
        postgres = start(0);
        stores = new StoreContext("localhost:" + postgres.getPort() + "/postgres", objects);
    }

    @AfterAll
    void stop() throws IOException {
        stores.close();
        postgres.close();
    }

    @Test
    void noAcknowledgedWriteIsLostAndThePoolHeals() throws Exception {
        OrganizationId organization = stores.organization();
        Queue<StreamRef> acknowledged = new ConcurrentLinkedQueue<>();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(Thread.ofVirtual().start(() -> {
                while (!over.get()) {
                    try {
                        acknowledged.add(submittedAndStarted(organization));
                    } catch (RuntimeException e) {
                        failures.add(e);
                    }
                }
            }));
        }
        for (int outage = 0; outage < OUTAGES; outage++) {
            int before = acknowledged.size();
            await().until(() -> acknowledged.size() > before + 20);
            killPostmaster();
            int failed = failures.size();
            await().until(() -> failures.size() > failed + WRITERS);
            restart();
            int healthy = acknowledged.size();
            await().atMost(HEALED).until(() -> acknowledged.size() > healthy + WRITERS);
        }
        over.set(true);
        for (Thread writer : writers) {
            writer.join();
        }

        assertThat(failures).allSatisfy(DatabaseOutageIT::saysThatItIsWorthTryingAgain);
        assertThat(acknowledged)
                .allSatisfy(ref -> assertThat(stores.row(ref).status()).isEqualTo(StreamStatus.PROCESSING));
        List<StoredEvent> events = stores.events
                .after(organization, 0, Integer.MAX_VALUE)
                .collectList()
                .blockOptional()
                .orElseThrow();
        assertThat(events)
                .extracting(StoredEvent::sequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, events.size()).boxed().toList());
        assertThat(events)
                .extracting(StoredEvent::streamId)
                .containsAll(acknowledged.stream().map(StreamRef::streamId).toList());
    }

    @Test
    void whileItIsAwayAnActivityFailsSoonAndRetryably() throws Exception {
        StreamRef stream = stores.submitted(stores.organization());
        killPostmaster();

        long began = System.nanoTime();
        assertThatThrownBy(() -> stores.catalog.startStream(new StartStream(stream, new EventId(FreshUuid.next()))))
                .satisfies(DatabaseOutageIT::saysThatItIsWorthTryingAgain);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
        restart();
    }

    private StreamRef submittedAndStarted(OrganizationId organization) {
        StreamRef ref = new StreamRef(organization, new StreamId(FreshUuid.next()));
        NewStream stream = StoreContext.newStream(organization, "https://example.com/" + ref.streamId());
        stores.streams
                .submit(new NewStream(ref, stream.source(), false, stream.options(), null, Map.of(), false))
                .block();
        stores.catalog.startStream(new StartStream(ref, new EventId(FreshUuid.next())));
        return ref;
    }

    private static void saysThatItIsWorthTryingAgain(Throwable thrown) {
        switch (thrown) {
            case StoreFailure failure ->
                assertThat(failure.kind().isRetryable())
                        .as("%s", failure.getCause())
                        .isTrue();
            case ApplicationFailure failure -> {
                assertThat(failure.getType()).isEqualTo(FailureType.SERVICE_UNAVAILABLE.name());
                assertThat(failure.isNonRetryable()).isFalse();
            }
            default -> throw new AssertionError("neither a store's failure nor an activity's", thrown);
        }
    }

    private EmbeddedPostgres start(int port) throws IOException {
        // As a server is by itself: an acknowledged commit is on the disk. The test's own default is quicker and
        // forgets.
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("synchronous_commit", "on");
        return (port == 0 ? builder : builder.setPort(port)).start();
    }

    private void killPostmaster() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().join();
    }

    private void restart() throws IOException {
        int port = postgres.getPort();
        // Finds nobody to stop, but lets go of the folder.
        postgres.close();
        await().ignoreExceptions().until(() -> {
            // Refused as long as a backend of the killed one has not noticed yet.
            postgres = start(port);
            return true;
        });
    }
}
