package tv.tldr.api.doctor;

import io.temporal.api.deployment.v1.WorkerDeploymentVersion;
import io.temporal.api.taskqueue.v1.RateLimit;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.taskqueue.v1.TaskQueueConfig;
import io.temporal.api.taskqueue.v1.TaskQueueStats;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tv.tldr.api.WorkersAtWork;
import tv.tldr.api.embedded.Setting;
import tv.tldr.workflows.QueueTasks;
import tv.tldr.workflows.QueueWorkers;
import tv.tldr.workflows.TaskQueues;

/** Does anybody do what waits in the queues, is it given to them, and do they keep up with it? */
record QueueExaminer(Patient patient, Limits limits, Temporal temporal) {
    void examine(Chart chart) {
        List<String> idle = new ArrayList<>();
        Map<String, QueueWorkers> unused = new LinkedHashMap<>();
        for (QueueTasks tasks : QueueTasks.ALL) {
            DescribeTaskQueueResponse state = describe(tasks);
            Instant since = Instant.now().minus(limits.workerSilence());
            QueueWorkers workers = QueueWorkers.of(state).since(since);
            boolean wanted = isWanted(tasks, state.getStats());
            if (wanted && workers.polling().isEmpty()) {
                if (!new WorkersAtWork(temporal.workflows(), temporal.namespace(), since).isAnyIn(tasks.queue())) {
                    idle.add(tasks.queue());
                }
            } else if (wanted && workers.given() == 0) {
                unused.put(tasks.queue(), workers);
            }
            held(chart, tasks.queue(), state.getConfig());
            backlog(chart, tasks, state.getStats());
        }
        if (!idle.isEmpty()) {
            chart.found("temporal-worker", "nobody polls " + listed(idle), "address", temporal.address());
        }
        if (!unused.isEmpty()) {
            unused(chart, unused);
        }
    }

    /** Work comes to {@code analysis} only where a model is asked: by those with these settings, or by somebody else. */
    private boolean isWanted(QueueTasks tasks, TaskQueueStats stats) {
        return !tasks.queue().equals(TaskQueues.ANALYSIS)
                || patient.settings().has(Setting.GEMINI_API_KEY)
                || stats.getApproximateBacklogCount() > 0;
    }

    private DescribeTaskQueueResponse describe(QueueTasks tasks) {
        return temporal.workflows()
                .describeTaskQueue(DescribeTaskQueueRequest.newBuilder()
                        .setNamespace(temporal.namespace())
                        .setTaskQueue(TaskQueue.newBuilder().setName(tasks.queue()))
                        .setTaskQueueType(tasks.type())
                        .setReportStats(true)
                        .setReportConfig(true)
                        .build());
    }

    private void unused(Chart chart, Map<String, QueueWorkers> queues) {
        QueueWorkers workers = queues.values().iterator().next();
        // Builds are mostly named by their day: the newest is the last.
        WorkerDeploymentVersion newest = workers.versions().stream()
                .max(Comparator.comparing(WorkerDeploymentVersion::getBuildId))
                .orElseThrow();
        String deployment = Stream.concat(Stream.of(newest), workers.wanted().stream())
                .map(WorkerDeploymentVersion::getDeploymentName)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse(TaskQueues.DEPLOYMENT);
        chart.found(
                "temporal-version",
                "in " + listed(queues.keySet()) + " ask " + named(workers.versions()) + ", and work goes to "
                        + named(workers.wanted()),
                "deployment",
                deployment,
                "version",
                newest.getBuildId().isEmpty() ? "--unversioned" : "--build-id " + newest.getBuildId(),
                "address",
                temporal.address(),
                "namespace",
                temporal.namespace());
    }

    private static String named(Collection<WorkerDeploymentVersion> versions) {
        return versions.stream()
                .map(WorkerDeploymentVersion::getBuildId)
                .map(build -> build.isEmpty() ? "workers without a build id" : "those of build " + build)
                .sorted()
                .collect(Collectors.joining(" and "));
    }

    /** Only activities can be held. */
    private static void held(Chart chart, String queue, TaskQueueConfig config) {
        RateLimit limit = config.getQueueRateLimit().getRateLimit();
        if (!config.getQueueRateLimit().hasRateLimit() || limit.getRequestsPerSecond() > 0) {
            return;
        }
        Instant since = Instant.ofEpochSecond(
                config.getQueueRateLimit().getMetadata().getUpdateTime().getSeconds());
        chart.found(
                "temporal-held",
                queue + " hands out no activities since " + since + ": "
                        + config.getQueueRateLimit().getMetadata().getReason(),
                "queue",
                queue);
    }

    private void backlog(Chart chart, QueueTasks tasks, TaskQueueStats stats) {
        long waiting = stats.getApproximateBacklogCount();
        long oldest = stats.getApproximateBacklogAge().getSeconds();
        if (waiting > limits.backlog()
                || (waiting > 0 && oldest > limits.waiting().toSeconds())) {
            chart.found(
                    "temporal-backlog",
                    waiting + " " + tasks.kind() + " tasks wait in " + tasks.queue() + ", the oldest for " + oldest
                            + " s",
                    "queue",
                    tasks.queue());
        }
    }

    private static String listed(Collection<String> queues) {
        return queues.stream().distinct().collect(Collectors.joining(", "));
    }
}
