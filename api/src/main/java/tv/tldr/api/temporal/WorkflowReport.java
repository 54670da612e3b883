package tv.tldr.api.temporal;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What does Temporal know of a workflow?
 *
 * @param status such as {@code RUNNING} or {@code TERMINATED}
 * @param closedAt null: it runs
 * @param events how long its history is
 * @param organization whom it is for; empty when it does not say
 * @param failure why it ended without success; null when it did not
 * @param taskWaiting whether its next decision waits for a worker
 * @param taskAttempt how often that was tried; above 1 something is wrong with the program
 */
public record WorkflowReport(
        String workflowId,
        String runId,
        String type,
        String status,
        String queue,
        Instant startedAt,
        @Nullable Instant closedAt,
        long events,
        String organization,
        @Nullable String failure,
        boolean taskWaiting,
        int taskAttempt,
        List<Activity> activities) {
    public boolean isRunning() {
        return closedAt == null;
    }

    /** Whether something of it waits in the queue. */
    boolean waitsIn(String name) {
        return (taskWaiting && queue.equals(name))
                || activities.stream().anyMatch(activity -> activity.queue().equals(name) && activity.waits());
    }

    /** Whether a worker is at it in the queue. */
    boolean isAtWorkIn(String name) {
        return activities.stream().anyMatch(activity -> activity.queue().equals(name) && activity.isStarted());
    }

    /**
     * An activity that is not over.
     *
     * @param state {@code scheduled}, {@code started} or another word of Temporal
     * @param lastFailure why the attempt before failed; null when there was none
     */
    public record Activity(
            String type,
            String queue,
            String state,
            int attempt,
            @Nullable Instant lastHeartbeat,
            @Nullable String lastFailure) {
        boolean isStarted() {
            return !waits();
        }

        boolean waits() {
            return state.equals("scheduled") || state.equals("paused");
        }
    }
}
