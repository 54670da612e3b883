package tv.tldr.api.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import io.temporal.api.common.v1.Header;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.SearchAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.common.converter.DataConverter;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tv.tldr.activities.store.TestPostgres;
import tv.tldr.api.Answer;
import tv.tldr.api.Caller;
import tv.tldr.api.RunningApi;
import tv.tldr.api.TestTemporal;

/** The keys of what Temporal is told are replaced while a stream is under way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RotatedPayloadKeysIT {
    private static final String OLD = key("2026-10", 1);
    private static final String NEW = key("2026-11", 2);
    private static final String CANARY = "canary-that-temporal-must-not-hear-of";
    /** A workflow whose tasks have failed for a while is tried again more and more seldom. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String database = TestPostgres.freshDatabaseUrl();
    private TestTemporal temporal;

    @BeforeAll
    void start() {
        temporal = TestTemporal.start(TestTemporal.freePort());
    }

    @AfterAll
    void stop() {
        temporal.close();
    }

    @Test
    void aStreamThatBeganUnderTheOldKeyEndsUnderTheNewOneAndItsHistoryTellsNothing() {
        Begun stream = begunUnder(OLD);

        try (RunningApi api = with(NEW + "," + OLD)) {
            stream.endsAt(api);

            List<Payload> payloads =
                    events(api, stream).flatMap(RotatedPayloadKeysIT::payloads).toList();
            assertThat(payloads)
                    .extracting(
                            payload -> payload.getMetadataOrThrow("encoding").toStringUtf8())
                    .containsOnly("binary/encrypted");
            assertThat(payloads)
                    .extracting(payload ->
                            payload.getMetadataOrThrow("encryption-key-id").toStringUtf8())
                    .contains("2026-10", "2026-11");
            assertThat(events(api, stream)).noneMatch(event -> event.toString().contains(CANARY));
        }
    }

    @Test
    void withoutTheOldKeyAStreamSaysWhatIsMissingAndWaitsForIt() {
        Begun stream = begunUnder(OLD);

        try (RunningApi api = with(NEW)) {
            stream.isToldToStopAt(api);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(failures(api, stream)).anySatisfy(why -> assertThat(why)
                            .hasStackTraceContaining("the key 2026-10, which TEMPORAL_PAYLOAD_KEYS does not name")));
            assertThat(stream.isToldToStopAt(api).status()).isEqualTo(503);
        }
        try (RunningApi api = with(NEW + "," + OLD)) {
            stream.endsAt(api);
        }
    }

    private Begun begunUnder(String keys) {
        try (RunningApi api = with(keys)) {
            Caller caller = api.caller("admin");
            Begun stream = new Begun(
                    caller,
                    caller.submit("https://media.example.com/" + CANARY + ".mp4")
                            .text("/id"));
            await().atMost(PATIENCE).until(() -> stream.status(api).equals("processing"));
            return stream;
        }
    }

    private RunningApi with(String keys) {
        return RunningApi.start(database, temporal.target(), Map.of("TEMPORAL_PAYLOAD_KEYS", keys));
    }

    /** A stream that is in process until it is told to stop. */
    private record Begun(Caller caller, String id) {
        String status(RunningApi api) {
            return caller.at(api).get("/api/v1/streams/" + id).text("/status");
        }

        Answer isToldToStopAt(RunningApi api) {
            return caller.at(api).post("/api/v1/streams/" + id + "/stop", "{}");
        }

        void endsAt(RunningApi api) {
            await().atMost(PATIENCE).until(() -> isToldToStopAt(api).status() < 300);
            await().atMost(PATIENCE).until(() -> status(api).equals("stopped"));
        }
    }

    private static Stream<HistoryEvent> events(RunningApi api, Begun stream) {
        return api.bean(WorkflowClient.class).fetchHistory("stream/" + stream.id()).getEvents().stream();
    }

    /** Why tasks of the workflow failed, for those who have the keys. */
    private static Stream<RuntimeException> failures(RunningApi api, Begun stream) {
        DataConverter converter = api.bean(DataConverter.class);
        return events(api, stream)
                .filter(HistoryEvent::hasWorkflowTaskFailedEventAttributes)
                .map(event -> event.getWorkflowTaskFailedEventAttributes().getFailure())
                .map(converter::failureToException);
    }

    /** Search attributes and headers are never encrypted: they hold ids and words of ours. */
    private static Stream<Payload> payloads(Message message) {
        if (message instanceof Payload payload) {
            return Stream.of(payload);
        }
        if (message instanceof SearchAttributes || message instanceof Header) {
            return Stream.empty();
        }
        return message.getAllFields().values().stream()
                .flatMap(value -> value instanceof List<?> values ? values.stream() : Stream.of(value))
                .filter(Message.class::isInstance)
                .flatMap(each -> payloads((Message) each));
    }

    private static String key(String id, int first) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) first;
        return id + ":" + Base64.getEncoder().encodeToString(bytes);
    }
}
