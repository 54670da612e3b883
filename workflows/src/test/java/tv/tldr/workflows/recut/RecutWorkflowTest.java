package tv.tldr.workflows.recut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.activity.ClipActivities.Cut;
import tv.tldr.workflows.activity.RecutActivities.FailRecut;
import tv.tldr.workflows.activity.RecutActivities.FinishRecut;

class RecutWorkflowTest {
    @Test
    void cutsUnderTheVersionThatAskedForItAndPutsTheClipInPlace() {
        try (RecutRun run = new RecutRun()) {
            WorkflowStub recut = run.start();

            assertThat(recut.getResult(Boolean.class)).isTrue();
            assertThat(run.world().cuts())
                    .containsExactly(new Cut(
                            RecutRun.INPUT.stream(),
                            RecutRun.INPUT.recording(),
                            RecutRun.INPUT.highlightId(),
                            RecutRun.INPUT.range(),
                            70,
                            7));
            assertThat(run.world().finished()).singleElement().satisfies(RecutWorkflowTest::isInPlace);
            assertThat(run.world().failed()).isEmpty();
            assertThat(Objects.requireNonNull(recut.getExecution()).getWorkflowId())
                    .isEqualTo("recut/" + RecutRun.INPUT.highlightId() + "/7");
        }
    }

    private static void isInPlace(FinishRecut command) {
        assertThat(command.version()).isEqualTo(7);
        assertThat(command.range()).isEqualTo(RecutRun.INPUT.range());
        assertThat(command.files().clip().objectKey()).isEqualTo("clip");
    }

    @Test
    void aFailureThatTimeHealsCostsTimeAlone() {
        try (RecutRun run = new RecutRun()) {
            run.world().failFirst(3);

            assertThat(run.start().getResult(Boolean.class)).isTrue();
            assertThat(run.world().cuts()).hasSize(4);
            assertThat(run.world().finished()).hasSize(1);
        }
    }

    @Test
    void whatCannotBeCutIsWrittenDownWithItsReason() {
        try (RecutRun run = new RecutRun()) {
            run.world().failForGood();

            assertThat(run.start().getResult(Boolean.class)).isFalse();
            assertThat(run.world().finished()).isEmpty();
            assertThat(run.world().failed()).extracting(FailRecut::reason).containsExactly("the source is gone");
        }
    }

    @Test
    void anOperatorWhoCancelsLeavesAReason() {
        try (RecutRun run = new RecutRun()) {
            run.world().failFirst(1_000_000);
            WorkflowStub recut = run.start();
            run.environment().registerDelayedCallback(Duration.ofMinutes(10), recut::cancel);

            assertThatThrownBy(() -> recut.getResult(Boolean.class)).isInstanceOf(WorkflowFailedException.class);
            assertThat(run.world().failed())
                    .extracting(FailRecut::reason)
                    .containsExactly("cutting was cancelled by an operator");
        }
    }
}
