package tv.tldr.activities.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.event.WebhookId;

class EndpointSlotsTest {
    private static final WebhookId ONE = new WebhookId(new UUID(0, 1));
    private static final WebhookId OTHER = new WebhookId(new UUID(0, 2));
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AtomicLong now = new AtomicLong();
    private final EndpointSlots slots = new EndpointSlots(2, now::get);

    @Test
    void letsSoManyInAndNoMoreUntilOneLeaves() {
        assertThat(slots.enter(ONE)).isEmpty();
        assertThat(slots.enter(ONE)).isEmpty();
        assertThat(slots.enter(ONE)).isPresent();
        slots.leave(ONE, SECOND);
        assertThat(slots.enter(ONE)).isEmpty();
        assertThat(slots.enter(ONE)).isPresent();
    }

    @Test
    void oneThatIsFullHoldsUpNoOther() {
        assertThat(slots.enter(ONE)).isEmpty();
        assertThat(slots.enter(ONE)).isEmpty();
        assertThat(slots.enter(OTHER)).isEmpty();
    }

    @Test
    void thoseThatWaitGetTurnsAsFarApartAsThereWillBeRoom() {
        slots.enter(ONE);
        slots.enter(ONE);

        assertThat(slots.enter(ONE)).hasValue(SECOND);
        assertThat(slots.enter(ONE)).hasValue(SECOND.multipliedBy(2));
        assertThat(slots.enter(ONE)).hasValue(SECOND.multipliedBy(3));
        now.addAndGet(SECOND.multipliedBy(2).toNanos());
        assertThat(slots.enter(ONE)).hasValue(SECOND.multipliedBy(2));
    }

    @Test
    void whoeverAsksWithoutWaitingTakesNobodysTurn() {
        slots.enter(ONE);
        slots.enter(ONE);

        assertThat(slots.enterUnlessBusy(ONE)).hasValue(SECOND);
        assertThat(slots.enterUnlessBusy(ONE)).hasValue(SECOND);
        assertThat(slots.enter(ONE)).hasValue(SECOND);
        slots.leave(ONE, SECOND);
        assertThat(slots.enterUnlessBusy(ONE)).isEmpty();
    }

    @Test
    void theSlowerAnEndpointTheFartherApart() {
        for (int i = 0; i < 40; i++) {
            slots.enter(ONE);
            slots.enter(ONE);
            slots.leave(ONE, Duration.ofSeconds(20));
        }
        slots.enter(ONE);

        Duration first = slots.enter(ONE).orElseThrow();
        Duration second = slots.enter(ONE).orElseThrow();

        assertThat(second.minus(first)).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));
    }

    @Test
    void aTurnThatPassedIsForgotten() {
        slots.enter(ONE);
        slots.enter(ONE);
        slots.enter(ONE);
        now.addAndGet(Duration.ofHours(1).toNanos());

        assertThat(slots.enter(ONE)).hasValue(SECOND);
    }
}
