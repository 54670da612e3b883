package tv.tldr.api.webhooks;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.spring.boot.ActivityImpl;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.RefusedConnections;
import tv.tldr.activities.delivery.EndpointSlots;
import tv.tldr.activities.delivery.Reception;
import tv.tldr.activities.delivery.WebhookProperties;
import tv.tldr.activities.delivery.WebhookSender;
import tv.tldr.activities.egress.Opened;
import tv.tldr.activities.store.AttemptLog;
import tv.tldr.activities.store.AttemptResult;
import tv.tldr.activities.store.Awaited;
import tv.tldr.activities.store.Outgoing;
import tv.tldr.api.temporal.DeliveryDispatch;
import tv.tldr.workflows.TaskQueues;
import tv.tldr.workflows.activity.DeliveryActivities;
import tv.tldr.workflows.event.DeliveryInput;

/** Writes down that an event is sent, sends it, and writes down what came of it and when it is tried again. */
@Component
@ActivityImpl(workers = TaskQueues.DELIVERIES)
public final class DeliveryActivitiesImpl implements DeliveryActivities {
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private final AttemptLog attempts;
    private final WebhookSender sender;
    private final EndpointSlots slots;
    private final Signing signing;
    private final WebhookProperties properties;
    private final DeliveryDispatch dispatch;
    private final RefusedConnections refused;
    private final Clock clock;

    DeliveryActivitiesImpl(
            AttemptLog attempts,
            WebhookSender sender,
            EndpointSlots slots,
            Signing signing,
            WebhookProperties properties,
            DeliveryDispatch dispatch,
            RefusedConnections refused,
            Clock clock) {
        this.attempts = attempts;
        this.sender = sender;
        this.slots = slots;
        this.signing = signing;
        this.properties = properties;
        this.dispatch = dispatch;
        this.refused = refused;
        this.clock = clock;
    }

    @Override
    public Attempted attemptDelivery(DeliveryInput delivery) {
        Optional<Duration> wait = slots.enter(delivery.webhookId());
        if (wait.isPresent()) {
            return new Attempted(wait.get(), "Waits for its turn: others are being sent to the same endpoint.");
        }
        long began = System.nanoTime();
        try {
            Optional<Outgoing> outgoing = Awaited.of("reading what is to be sent", attempts.begin(delivery));
            if (outgoing.isEmpty()) {
                Awaited.of("giving the delivery up", attempts.giveUp(delivery));
                return new Attempted(null, "There is nothing to send any more.");
            }
            return settle(delivery, outgoing.get(), send(outgoing.get()));
        } finally {
            slots.leave(delivery.webhookId(), Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private Reception send(Outgoing outgoing) {
        ActivityExecutionContext activity = Activity.getExecutionContext();
        Mono<Reception> reception =
                signing.request(outgoing).map(sender::send).orElseGet(() -> Mono.just(signing.unreadable()));
        return Awaited.of(
                        "sending the event",
                        Flux.merge(
                                        reception,
                                        Flux.interval(HEARTBEAT)
                                                .doOnNext(beat -> activity.heartbeat(null))
                                                .ignoreElements()
                                                .cast(Reception.class))
                                .next())
                .orElseThrow();
    }

    private Attempted settle(DeliveryInput delivery, Outgoing outgoing, Reception reception) {
        AttemptResult result = Results.of(reception);
        if (reception instanceof Reception.Forbidden forbidden) {
            refused.note(
                    delivery.organizationId(),
                    Opened.WEBHOOK,
                    delivery.webhookId().toString(),
                    outgoing.url(),
                    forbidden.why());
        }
        if (result.hasArrived()) {
            AttemptTimes.add(result, true);
            more(delivery, attempts.arrived(delivery, outgoing.number(), result));
            return new Attempted(null, "Has arrived at attempt " + outgoing.number() + ".");
        }
        boolean unwanted = reception instanceof Reception.Answered answered && answered.isUnwanted();
        Optional<Duration> gap = unwanted ? Optional.empty() : gap(outgoing, reception);
        AttemptTimes.add(result, gap.isEmpty());
        more(
                delivery,
                attempts.failed(
                        delivery,
                        outgoing.number(),
                        result,
                        gap.map(wait -> clock.instant().plus(wait)).orElse(null),
                        unwanted));
        return new Attempted(gap.orElse(null), "Attempt " + outgoing.number() + ": " + result.error() + ".");
    }

    private Optional<Duration> gap(Outgoing outgoing, Reception reception) {
        Optional<Duration> asked =
                reception instanceof Reception.Answered answered ? answered.retryAfter() : Optional.empty();
        return Retries.of(outgoing.retries(), properties)
                .gap(outgoing.failed() + 1, asked, ThreadLocalRandom.current().nextDouble());
    }

    /** What waits for the room that this one has made is started by whoever hears it first. */
    private void more(DeliveryInput delivery, Mono<Boolean> written) {
        if (Awaited.of("writing down what came of the attempt", written).orElse(false)) {
            dispatch.ring(delivery.organizationId());
        }
    }
}
