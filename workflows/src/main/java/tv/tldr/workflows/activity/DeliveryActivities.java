package tv.tldr.workflows.activity;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.event.DeliveryInput;

/** Sends what happened to those who want to be told. */
@ActivityInterface
public interface DeliveryActivities {
    /**
     * Sends it once and writes down what came of it. Told twice it is sent twice, with the same id: the receiver may have had
     * it already, and nobody knows.
     */
    @ActivityMethod
    Attempted attemptDelivery(DeliveryInput delivery);

    /**
     * What came of it.
     *
     * @param next until the next attempt; null: there is none, it has arrived or is given up
     * @param told for the operator
     */
    record Attempted(@Nullable Duration next, String told) {}
}
