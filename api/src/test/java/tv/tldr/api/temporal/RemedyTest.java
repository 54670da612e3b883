package tv.tldr.api.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.tldr.workflows.stream.StreamStatus;

class RemedyTest {
    private static final Instant SETTLED = Instant.parse("2026-01-01T12:00:00Z");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWorkflowUnderWayIsLeftAlone(boolean stopRequested) {
        assertThat(Remedy.of(new WorkflowFate.Alive(), stopRequested, SETTLED)).isEqualTo(new Remedy.Patience());
    }

    @Test
    void aMissingWorkflowIsStartedAgain() {
        assertThat(Remedy.of(new WorkflowFate.Missing(), false, SETTLED)).isEqualTo(new Remedy.AnotherStart());
    }

    @Test
    void aMissingWorkflowThatWasToStopIsNot() {
        Remedy.AnEnd end = end(new WorkflowFate.Missing(), true);

        assertThat(end.status()).isEqualTo(StreamStatus.STOPPED);
        assertThat(end.error().message()).contains("lost", "kept").doesNotContain("try again");
    }

    @ParameterizedTest
    @CsvSource({
        "CANCELLED, STOPPED, cancelled",
        "TERMINATED, FAILED, terminated",
        "TIMED_OUT, FAILED, time limit",
        "FAILED, FAILED, failed",
        "COMPLETED, FAILED, without its result"
    })
    void aClosedWorkflowLeavesItsEndToUs(WorkflowFate.Way way, StreamStatus status, String reason) {
        Remedy.AnEnd end = end(new WorkflowFate.Closed(way, SETTLED), false);

        assertThat(end.status()).isEqualTo(status);
        assertThat(end.error().code()).isEqualTo("PROCESSING_ERROR");
        assertThat(end.error().message()).contains(reason);
        assertThat(end.error().message().contains("/retry")).isEqualTo(status == StreamStatus.FAILED);
    }

    @ParameterizedTest
    @EnumSource
    void whateverClosedAWorkflowThatWasToStopTheStreamIsStopped(WorkflowFate.Way way) {
        assertThat(end(new WorkflowFate.Closed(way, SETTLED), true).status()).isEqualTo(StreamStatus.STOPPED);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasClosedJustNowMayStillHaveWorkUnderWay(WorkflowFate.Way way) {
        WorkflowFate justNow = new WorkflowFate.Closed(way, SETTLED.plusMillis(1));

        assertThat(Remedy.of(justNow, false, SETTLED)).isEqualTo(new Remedy.Patience());
    }

    private static Remedy.AnEnd end(WorkflowFate fate, boolean stopRequested) {
        Remedy remedy = Remedy.of(fate, stopRequested, SETTLED);
        assertThat(remedy).isInstanceOf(Remedy.AnEnd.class);
        return (Remedy.AnEnd) remedy;
    }
}
