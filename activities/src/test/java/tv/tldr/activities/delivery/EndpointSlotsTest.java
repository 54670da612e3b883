package tv.tldr.activities.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.event.WebhookId;

class EndpointSlotsTest {
    private static final WebhookId ONE = new WebhookId(new UUID(0, 1));
    private static final WebhookId OTHER = new WebhookId(new UUID(0, 2));

    @Test
    void letsSoManyInAndNoMoreUntilOneLeaves() {
        EndpointSlots slots = new EndpointSlots(2);

        assertThat(slots.enter(ONE)).isTrue();
        assertThat(slots.enter(ONE)).isTrue();
        assertThat(slots.enter(ONE)).isFalse();
        slots.leave(ONE);
        assertThat(slots.enter(ONE)).isTrue();
        assertThat(slots.enter(ONE)).isFalse();
    }

    @Test
    void oneThatIsFullHoldsUpNoOther() {
        EndpointSlots slots = new EndpointSlots(1);

        assertThat(slots.enter(ONE)).isTrue();
        assertThat(slots.enter(OTHER)).isTrue();
    }
}
