package tv.tldr.api.temporal;

import io.temporal.spring.boot.WorkerOptionsCustomizer;
import io.temporal.worker.WorkerOptions;
import org.springframework.stereotype.Component;
import tv.tldr.workflows.TaskQueues;

/** How many FFmpeg jobs run at a time? As many as cores: one more would only make each of them slower. */
@Component
final class MediaSlots implements WorkerOptionsCustomizer {
    private final TemporalProperties properties;

    MediaSlots(TemporalProperties properties) {
        this.properties = properties;
    }

    @Override
    public WorkerOptions.Builder customize(WorkerOptions.Builder options, String workerName, String taskQueue) {
        if (!TaskQueues.MEDIA.equals(taskQueue)) {
            return options;
        }
        int slots = properties.mediaSlots() > 0
                ? properties.mediaSlots()
                : Runtime.getRuntime().availableProcessors();
        return options.setMaxConcurrentActivityExecutionSize(slots);
    }
}
