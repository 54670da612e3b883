package tv.tldr.workflows.stream;

import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.ActivityStubs;
import tv.tldr.workflows.activity.CatalogActivities.SaveProgress;
import tv.tldr.workflows.activity.StreamRef;

/** When is progress written down for those who read it from the database? Every few percent, one write at a time. */
final class ProgressNews {
    private static final double STEP = 5;

    private final StreamRef stream;
    private final FreshIds ids;
    private @Nullable Promise<Void> saved;
    private double percentageSaved;
    private StreamStage stageSaved = StreamStage.QUEUED;

    ProgressNews(StreamRef stream, FreshIds ids) {
        this.stream = stream;
        this.ids = ids;
    }

    void tell(StreamProgress progress) {
        boolean isNews = progress.stage() != stageSaved || progress.percentage() - percentageSaved >= STEP;
        if (isNews && progress.status() == StreamStatus.PROCESSING && (saved == null || saved.isCompleted())) {
            percentageSaved = progress.percentage();
            stageSaved = progress.stage();
            saved = Async.procedure(
                    ActivityStubs.catalog("Write down the progress")::saveProgress,
                    new SaveProgress(stream, progress, ids.event()));
        }
    }

    /** Waits until the last one is written. */
    void awaitSaved() {
        Promise<Void> last = saved;
        Workflow.await(() -> last == null || last.isCompleted());
    }
}
