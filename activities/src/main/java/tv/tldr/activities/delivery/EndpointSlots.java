package tv.tldr.activities.delivery;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tv.tldr.workflows.event.WebhookId;

/** May one more request go to this endpoint now? So many at a time, so that one that does not answer holds up no other. */
public final class EndpointSlots {
    private final int most;
    private final Map<WebhookId, Integer> taken = new ConcurrentHashMap<>();

    EndpointSlots(int most) {
        this.most = most;
    }

    /** Whether there was room; who was let in leaves by {@link #leave}. */
    public boolean enter(WebhookId endpoint) {
        boolean[] entered = {false};
        taken.compute(endpoint, (id, before) -> {
            int now = before == null ? 0 : before;
            entered[0] = now < most;
            return entered[0] ? now + 1 : before;
        });
        return entered[0];
    }

    public void leave(WebhookId endpoint) {
        taken.computeIfPresent(endpoint, (id, before) -> before == 1 ? null : before - 1);
    }
}
