package tv.tldr.api.temporal;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import tv.tldr.activities.delivery.WebhookProperties;
import tv.tldr.activities.store.DeliveryQueue;
import tv.tldr.activities.store.Notifications;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.event.DeliveryInput;

/**
 * How does a delivery that is written down get its workflow? As soon as the database calls out that there is one, or an
 * attempt has made room for it at its endpoint; a sweep finds those of which a call was missed.
 */
@Component
public final class DeliveryDispatch implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(DeliveryDispatch.class);
    /** A burst of starts makes a small server fail some of them. */
    private static final int AT_ONCE = 4;

    private final DeliveryQueue queue;
    private final WorkflowGateway gateway;
    private final Notifications notifications;
    private final WebhookProperties properties;
    /** How often it rang for whom since somebody last began to answer. */
    private final Map<OrganizationId, Integer> rings = new ConcurrentHashMap<>();

    private volatile Disposable hearing = Disposables.disposed();
    private volatile boolean running;

    DeliveryDispatch(
            DeliveryQueue queue, WorkflowGateway gateway, Notifications notifications, WebhookProperties properties) {
        this.queue = queue;
        this.gateway = gateway;
        this.notifications = notifications;
        this.properties = properties;
    }

    /** There may be something to start. Whoever rings while it is being looked is heard when the look is over. */
    public void ring(OrganizationId organization) {
        if (rings.merge(organization, 1, Integer::sum) == 1) {
            answer(organization, 1);
        }
    }

    private void answer(OrganizationId organization, int heard) {
        startWaiting(organization).doFinally(end -> after(organization, heard)).subscribe();
    }

    private void after(OrganizationId organization, int heard) {
        Integer left = rings.computeIfPresent(organization, (id, rung) -> rung == heard ? null : rung - heard);
        if (left != null && running) {
            answer(organization, left);
        }
    }

    private Mono<Void> startWaiting(OrganizationId organization) {
        return queue.take(organization, properties.slots())
                .flatMap(this::startOrPutBack, AT_ONCE)
                .then()
                .onErrorResume(failure -> {
                    log.warn("What waits to be delivered is looked for later: {}", failure.toString());
                    return Mono.empty();
                });
    }

    private Mono<Void> startOrPutBack(DeliveryInput delivery) {
        return start(delivery).onErrorResume(failure -> {
            log.warn("{} is started later, the sweep will see to it: {}", delivery.deliveryId(), failure.toString());
            return queue.putBack(delivery);
        });
    }

    Mono<Void> start(DeliveryInput delivery) {
        return gateway.deliver(delivery);
    }

    private void hear(Notifications.Notice notice) {
        if (notice.channel().equals(Notifications.DELIVERIES)) {
            try {
                ring(new OrganizationId(UUID.fromString(notice.payload())));
            } catch (IllegalArgumentException e) {
                log.warn("Somebody else calls on the channel of the deliveries: {}", e.toString());
            }
        }
    }

    @Override
    public void start() {
        running = true;
        hearing = notifications.listen().subscribe(this::hear);
    }

    @Override
    public void stop() {
        running = false;
        hearing.dispose();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
