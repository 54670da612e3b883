package tv.tldr.workflows;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.Priority;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.activity.AskingActivities;
import tv.tldr.workflows.activity.BatchActivities;
import tv.tldr.workflows.activity.CatalogActivities;
import tv.tldr.workflows.activity.ClipActivities;
import tv.tldr.workflows.activity.DeliveryActivities;
import tv.tldr.workflows.activity.ListeningActivities;
import tv.tldr.workflows.activity.MeasuringActivities;
import tv.tldr.workflows.activity.RecordingActivities;
import tv.tldr.workflows.activity.RecutActivities;
import tv.tldr.workflows.activity.ScoringActivities;

/**
 * How long may each kind of activity take and how is it tried again? One profile an interface. The number of attempts
 * belongs to the kind of failure ({@link tv.tldr.workflows.activity.FailureType}), so the policies set only the gaps.
 *
 * <p>The summary is what the Web UI shows beside the activity. The fairness weight is how many turns of the workers long work
 * gets ({@link tv.tldr.workflows.account.Plan#fairnessWeight}); null: as many as any other's.
 */
public final class ActivityStubs {
    private static final RetryOptions GROWING_GAPS = RetryOptions.newBuilder()
            .setInitialInterval(Duration.ofSeconds(1))
            .setBackoffCoefficient(2)
            .setMaximumInterval(Duration.ofMinutes(5))
            .build();

    /** The database comes back without notice: ask often enough to go on at once. */
    private static final RetryOptions SHORT_GAPS = RetryOptions.newBuilder()
            .setInitialInterval(Duration.ofMillis(500))
            .setBackoffCoefficient(2)
            .setMaximumInterval(Duration.ofSeconds(10))
            .build();

    /** How long one attempt at a question to the model may take; what it uploaded is of no use to anybody afterwards. */
    public static final Duration LONGEST_QUESTION = Duration.ofMinutes(10);

    private ActivityStubs() {}

    /** Looks at the source and stores it: up to the length of a day's download. */
    public static RecordingActivities recording(String summary, @Nullable Double fairnessWeight) {
        return Workflow.newActivityStub(
                RecordingActivities.class,
                media(Duration.ofHours(12), Duration.ofHours(24), summary, fairnessWeight)
                        .build());
    }

    /** Measures one segment: seconds, when the machine is not busy. */
    public static MeasuringActivities measuring(String summary, @Nullable Double fairnessWeight) {
        return Workflow.newActivityStub(
                MeasuringActivities.class,
                media(Duration.ofMinutes(30), Duration.ofHours(24), summary, fairnessWeight)
                        .build());
    }

    /** Listens to one segment: about as long as it lasts at worst, and longer the first time, when the model is loaded. */
    public static ListeningActivities listening(String summary, @Nullable Double fairnessWeight) {
        return Workflow.newActivityStub(
                ListeningActivities.class,
                media(Duration.ofMinutes(30), Duration.ofHours(24), summary, fairnessWeight)
                        .build());
    }

    /** Cuts one clip: up to an hour of video. */
    public static ClipActivities clips(String summary, @Nullable Double fairnessWeight) {
        return Workflow.newActivityStub(
                ClipActivities.class,
                media(Duration.ofHours(2), Duration.ofHours(24), summary, fairnessWeight)
                        .build());
    }

    /**
     * Asks the model about one window, or the finalists: a minute, when nobody waits before it. How often and when it is
     * asked again is set by whoever runs the service, and so told with each failure; the gaps here are for workers that die.
     */
    public static AskingActivities asking(String summary, @Nullable Double fairnessWeight) {
        return Workflow.newActivityStub(
                AskingActivities.class,
                media(LONGEST_QUESTION, Duration.ofDays(7), summary, fairnessWeight)
                        .setTaskQueue(TaskQueues.ANALYSIS)
                        .build());
    }

    /** Scores stored signals: under a second for an ordinary stream. A killed worker is missed after this time alone. */
    public static ScoringActivities scoring(String summary) {
        return Workflow.newActivityStub(
                ScoringActivities.class,
                database(Duration.ofMinutes(1), summary).build());
    }

    /** One transaction. */
    public static CatalogActivities catalog(String summary) {
        return Workflow.newActivityStub(
                CatalogActivities.class,
                database(Duration.ofSeconds(30), summary).build());
    }

    /** One transaction, and the removal of two files. */
    public static RecutActivities recuts(String summary) {
        return Workflow.newActivityStub(
                RecutActivities.class, database(Duration.ofSeconds(30), summary).build());
    }

    /** A few of a batch's streams. A killed worker is missed after this time alone. */
    public static BatchActivities batches(String summary) {
        return Workflow.newActivityStub(
                BatchActivities.class, database(Duration.ofSeconds(30), summary).build());
    }

    /** One HTTP request, within the time that the settings give it. A killed worker is missed when its heartbeat is. */
    public static DeliveryActivities deliveries() {
        return Workflow.newActivityStub(
                DeliveryActivities.class,
                ActivityOptions.newBuilder()
                        .setTaskQueue(TaskQueues.DELIVERIES)
                        .setStartToCloseTimeout(Duration.ofMinutes(5))
                        .setHeartbeatTimeout(Duration.ofSeconds(15))
                        .setRetryOptions(SHORT_GAPS)
                        .setSummary("Send it")
                        .build());
    }

    private static ActivityOptions.Builder media(
            Duration once, Duration inAll, String summary, @Nullable Double fairnessWeight) {
        return ActivityOptions.newBuilder()
                .setTaskQueue(TaskQueues.MEDIA)
                .setStartToCloseTimeout(once)
                .setScheduleToCloseTimeout(inAll)
                .setHeartbeatTimeout(Duration.ofSeconds(15))
                // The workflow says "stopped" only when the child process is gone.
                .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setRetryOptions(GROWING_GAPS)
                .setPriority(weight(fairnessWeight))
                .setSummary(summary);
    }

    /** The key, which is the organization, is the workflow's. */
    private static Priority weight(@Nullable Double fairnessWeight) {
        return fairnessWeight == null
                ? Priority.getDefaultInstance()
                : Priority.newBuilder()
                        .setFairnessWeight(fairnessWeight.floatValue())
                        .build();
    }

    private static ActivityOptions.Builder database(Duration once, String summary) {
        return ActivityOptions.newBuilder()
                .setTaskQueue(TaskQueues.STREAMS)
                .setStartToCloseTimeout(once)
                .setRetryOptions(SHORT_GAPS)
                .setSummary(summary);
    }
}
