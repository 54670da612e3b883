package tv.tldr.workflows.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DeliveryWorkflowTest {
    @Test
    void whatArrivesIsSentOnce() {
        try (DeliveryRun run = new DeliveryRun()) {
            WorkflowStub delivery = run.start();

            assertThat(delivery.getResult(String.class)).isEqualTo("It has arrived.");
            assertThat(run.receiver().gaps()).isEmpty();
            assertThat(Objects.requireNonNull(delivery.getExecution()).getWorkflowId())
                    .isEqualTo("delivery/" + DeliveryRun.INPUT.deliveryId());
        }
    }

    @Test
    void waitsAsLongAsTheAttemptSaysForDaysIfNeedBe() {
        try (DeliveryRun run = new DeliveryRun()) {
            run.receiver()
                    .failFor(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(16), Duration.ofDays(1));

            assertThat(run.start().getResult(String.class)).isEqualTo("It has arrived.");
            assertThat(run.receiver().gaps())
                    .satisfiesExactly(
                            gap -> assertThat(gap).isBetween(1_000L, 2_500L),
                            gap -> assertThat(gap).isBetween(4_000L, 5_500L),
                            gap -> assertThat(gap).isBetween(16_000L, 17_500L),
                            gap -> assertThat(gap).isBetween(86_400_000L, 86_402_000L));
        }
    }

    @Test
    void anOutageOfOurOwnIsWaitedFor() {
        try (DeliveryRun run = new DeliveryRun()) {
            run.receiver().crash(5);

            assertThat(run.start().getResult(String.class)).isEqualTo("It has arrived.");
        }
    }
}
