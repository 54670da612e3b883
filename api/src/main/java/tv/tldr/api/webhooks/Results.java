package tv.tldr.api.webhooks;

import tv.tldr.activities.delivery.Reception;
import tv.tldr.activities.store.AttemptResult;
import tv.tldr.activities.store.AttemptResult.Outcome;

/** How is it written down what came of a request? */
final class Results {
    private Results() {}

    static AttemptResult of(Reception reception) {
        return switch (reception) {
            case Reception.Answered answered ->
                new AttemptResult(
                        answered.isWelcome() ? Outcome.DELIVERED : Outcome.REFUSED,
                        answered.status(),
                        answered.latency(),
                        answered.isWelcome() ? null : "the receiver answered " + answered.status(),
                        answered.body());
            case Reception.Unanswered unanswered ->
                new AttemptResult(Outcome.UNREACHABLE, null, unanswered.latency(), unanswered.why(), null);
            case Reception.Forbidden forbidden ->
                new AttemptResult(Outcome.FORBIDDEN, null, forbidden.latency(), forbidden.why(), null);
        };
    }
}
