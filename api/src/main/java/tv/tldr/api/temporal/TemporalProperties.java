package tv.tldr.api.temporal;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import tv.tldr.workflows.TaskQueues;

/**
 * How patient are we with Temporal, and what does this process do for it?
 *
 * @param startDeadline how long a submission waits for its workflow's start before the sweep takes over
 * @param updateDeadline how long a stop waits until a worker has noted it
 * @param workersEnabled whether this process works, too; false for one that only answers requests
 * @param queues those that this process works on
 * @param buildId of its workers, with which they take part in worker versioning; empty: they do not
 * @param payloadKeys {@code id:key} with which payloads are encrypted, the first, and decrypted, all; empty: they are not
 * @param mediaSlots FFmpeg jobs at a time; 0: one for each core
 * @param questionsAMinute questions to the model in a minute, of all workers together
 * @param questionSlots questions to the model at a time, of this process
 * @param shutdownGrace how long work in flight may go on after the order to leave
 * @param sweepEnabled whether this process starts what was left unstarted and looks for lost workflows
 * @param sweepInterval pause between two sweeps
 * @param sweepAge younger streams are left to the request that made them
 * @param sweepSilence a stream that gave no sign of life for so long is looked for in Temporal
 * @param sweepBatch so many streams are read at a time
 */
@ConfigurationProperties("tldr.temporal")
public record TemporalProperties(
        @DefaultValue("1s") Duration startDeadline,
        @DefaultValue("5s") Duration updateDeadline,
        @DefaultValue("true") boolean workersEnabled,

        @DefaultValue({TaskQueues.STREAMS, TaskQueues.MEDIA, TaskQueues.ANALYSIS, TaskQueues.DELIVERIES})
        Set<String> queues,

        @DefaultValue("") String buildId,
        @DefaultValue List<String> payloadKeys,
        @DefaultValue("0") int mediaSlots,
        @DefaultValue("60") int questionsAMinute,
        @DefaultValue("4") int questionSlots,
        @DefaultValue("15s") Duration shutdownGrace,
        @DefaultValue("true") boolean sweepEnabled,
        @DefaultValue("30s") Duration sweepInterval,
        @DefaultValue("10s") Duration sweepAge,
        @DefaultValue("2m") Duration sweepSilence,
        @DefaultValue("100") int sweepBatch) {
    public TemporalProperties {
        queues = Set.copyOf(queues);
        payloadKeys = List.copyOf(payloadKeys);
    }

    /** Neither keys nor anything else: it is printed nowhere. */
    @Override
    public String toString() {
        return "TemporalProperties";
    }
}
