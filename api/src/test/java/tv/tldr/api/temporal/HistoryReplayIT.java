package tv.tldr.api.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionTerminatedEventAttributes;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.workflow.Workflow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tv.tldr.workflows.Payloads;
import tv.tldr.workflows.batch.BatchCounts;
import tv.tldr.workflows.batch.BatchInput;
import tv.tldr.workflows.batch.BatchWorkflow;

/** Is a history that does not fit the program found, and one that fits not; and what of it does that take? */
class HistoryReplayIT {
    private static final Path RECORDED =
            Path.of("../workflows/src/test/resources").toAbsolutePath().normalize();
    private static final Path BATCH = RECORDED.resolve("batch-histories/completed.json");

    static List<Path> recorded() throws IOException {
        try (Stream<Path> files = Files.walk(RECORDED)) {
            return files.filter(file -> file.toString().matches(".*histories/[^/]+\\.json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void whatIsWrittenDownOfAHistoryFitsAndHasNoSecret(Path file) throws IOException {
        History whole =
                WorkflowExecutionHistory.fromJson(Files.readString(file)).getHistory();
        History excerpt = HistoryExcerpt.of(whole);

        try (HistoryReplay replay = new HistoryReplay(List.of())) {
            assertThat(replay.misfit(Files.readString(file))).isEmpty();
            assertThat(replay.misfit(new WorkflowExecutionHistory(excerpt, "stream/x").toJson(true)))
                    .isEmpty();
        }
        assertThat(excerpt.getEventsCount()).isEqualTo(whole.getEventsCount());
        assertThat(excerpt.getSerializedSize()).isLessThan(whole.getSerializedSize());
        // Payloads are bytes: what they say is readable in what is serialised.
        assertThat(excerpt.toByteString().toString(StandardCharsets.ISO_8859_1))
                .doesNotContain("secret", "token=", "a.mp4", "Look whether");
        assertThat(excerpt.getEventsList().toString()).doesNotContain("identity:", "stack_trace:");
    }

    @Test
    void twoThatWentTheSameWayShareAFileAndOthersDoNot() throws IOException {
        List<String> names = recorded().stream().map(HistoryReplayIT::fileName).toList();

        assertThat(fileName(RECORDED.resolve("batch-histories/cancelled.json")))
                .as("a batch that is cancelled has the same done")
                .isEqualTo(fileName(BATCH));
        assertThat(new TreeSet<>(names)).hasSize(names.size() - 1).hasSizeGreaterThan(15);
        assertThat(names).anyMatch(name -> name.matches("StreamWorkflow-completed-[0-9a-f]{8}\\.json"));
        assertThat(names).anyMatch(name -> name.matches("BatchWorkflow-continued-as-new-[0-9a-f]{8}\\.json"));
    }

    @Test
    void aWorkflowThatDecidesOtherwiseIsFound() throws IOException {
        try (HistoryReplay replay = new HistoryReplay(List.of(), List.of(HastyBatch.class))) {
            assertThat(replay.misfit(Files.readString(BATCH))).get().asString().contains("NonDeterministic");
        }
    }

    /** As {@code queue purge} ends it: in the middle, where the workflow waits for an activity. */
    @Test
    void whatAnOperatorEndedFitsAsFarAsItWent() throws IOException {
        String terminated = terminated(Files.readString(BATCH));

        try (HistoryReplay replay = new HistoryReplay(List.of());
                HistoryReplay other = new HistoryReplay(List.of(), List.of(HastyBatch.class))) {
            assertThat(replay.misfit(terminated)).isEmpty();
            assertThat(other.misfit(terminated)).get().asString().contains("NonDeterministic");
        }
    }

    private static String terminated(String history) {
        List<HistoryEvent> events = WorkflowExecutionHistory.fromJson(history).getEvents();
        List<HistoryEvent> kept = events.stream()
                .takeWhile(event -> event.getEventType() != EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED)
                .toList();
        HistoryEvent end = HistoryEvent.newBuilder()
                .setEventId(kept.size() + 1L)
                .setEventTime(kept.getLast().getEventTime())
                .setEventType(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED)
                .setWorkflowExecutionTerminatedEventAttributes(
                        WorkflowExecutionTerminatedEventAttributes.newBuilder().setReason("purged"))
                .build();
        return new WorkflowExecutionHistory(
                        History.newBuilder().addAllEvents(kept).addEvents(end).build(), "batch/x")
                .toJson(true);
    }

    @Test
    void aHistoryThatWasTamperedWithIsFound() throws IOException {
        String history = Files.readString(BATCH);
        assertThat(history).contains("\"LetStreamsGo\"");

        try (HistoryReplay replay = new HistoryReplay(List.of())) {
            assertThat(replay.misfit(history.replace("\"LetStreamsGo\"", "\"LetNobodyGo\"")))
                    .isPresent();
            assertThat(replay.misfit(history.replace("\"BatchWorkflow\"", "\"OtherWorkflow\"")))
                    .isPresent();
            assertThat(replay.misfit("no history")).isPresent();
            assertThat(replay.misfit(history)).isEmpty();
        }
    }

    @Test
    void addressesKeepTheirHostAlone() {
        assertThat(HistoryExcerpt.hostsAlone(
                        "{\"url\":\"https://user:secret@media.example/a.mp4?token=x\",\"n\":\"a\\\"b\",\"m\":1}"))
                .isEqualTo("{\"url\":\"https://media.example/\",\"n\":\"a\\\"b\",\"m\":1}");
        assertThat(HistoryExcerpt.hostsAlone("cannot open file:///home/me/secret.mp4: not there"))
                .isEqualTo("cannot open file:/// not there");
        assertThat(HistoryExcerpt.hostsAlone("{\"said\":\"nothing: to see\"}"))
                .isEqualTo("{\"said\":\"nothing: to see\"}");
    }

    /** Otherwise some are never tried. */
    @Test
    void everyWorkflowOfTheWorkersIsReplayed() throws IOException {
        String settings = Files.readString(Path.of("src/main/resources/application.yml"));

        assertThat(settings.lines()
                        .map(String::strip)
                        .filter(line -> line.matches("- tv\\.tldr\\.workflows\\..+WorkflowImpl"))
                        .map(line -> line.substring(2)))
                .containsExactlyInAnyOrderElementsOf(HistoryReplay.IMPLEMENTATIONS.stream()
                        .map(Class::getName)
                        .toList());
    }

    private static String fileName(Path file) {
        try {
            return HistoryWay.of(
                            WorkflowExecutionHistory.fromJson(Files.readString(file))
                                    .getEvents(),
                            Payloads.dataConverter())
                    .fileName();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Waits before it does anything. */
    public static final class HastyBatch implements BatchWorkflow {
        @Override
        public BatchCounts run(BatchInput input) {
            Workflow.sleep(Duration.ofMinutes(1));
            throw new IllegalStateException("not reached");
        }

        @Override
        public void look() {}

        @Override
        public @Nullable BatchCounts counts() {
            return null;
        }
    }
}
