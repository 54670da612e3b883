package tv.tldr.api.webhooks;

import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.AttemptResult;
import tv.tldr.activities.store.Outgoing;

/** What did the receiver say to a test? */
record TestResponse(
        String eventId,
        boolean delivered,
        @Nullable Integer statusCode,
        long latencyMs,
        @Nullable String error,
        @Nullable String responseBody) {
    static TestResponse of(Outgoing outgoing, AttemptResult result) {
        return new TestResponse(
                outgoing.event().toString(),
                result.hasArrived(),
                result.status(),
                result.latency().toMillis(),
                result.error(),
                result.body());
    }
}
