package tv.tldr.api.temporal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How does a task queue stand?
 *
 * @param workflows tasks of workflows: decisions, milliseconds each
 * @param activities tasks of activities: the work itself
 * @param limit activities a second that an operator has set; 0: none is handed out; null: what its workers say
 * @param reason why that was set; empty when it was not
 */
public record QueueState(
        String name,
        Side workflows,
        Side activities,
        @Nullable Double limit,
        String reason) {
    /** Whether it hands nothing out, because somebody said so. */
    public boolean isDrained() {
        return limit != null && limit == 0;
    }

    /**
     * One of the two kinds of tasks.
     *
     * @param pollers who asks for them
     * @param given how many of those are given any: with a build id, those of the build that work goes to
     * @param backlog tasks that wait, as well as Temporal knows
     * @param oldest how long the first of them has waited
     * @param added tasks a second that come
     * @param handedOut tasks a second that go
     */
    public record Side(
            List<Poller> pollers, long given, long backlog, Duration oldest, double added, double handedOut) {}

    /**
     * A worker that asks for tasks.
     *
     * @param build its build id; empty: it has none
     */
    public record Poller(String identity, String build, Instant lastSeen, double perSecond) {}
}
