package tv.tldr.activities.media.signal;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.spring.boot.ActivityImpl;
import org.springframework.stereotype.Component;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.media.MediaProperties;
import tv.tldr.activities.media.Workspace;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.store.Awaited;
import tv.tldr.activities.store.SignalStore;
import tv.tldr.workflows.activity.MeasuringActivities;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.signal.Signals;

/**
 * Measures a segment in a scratch folder and stores its signals in one row; a row that is there is never made again, nor is
 * one that the organization has of the same recording.
 */
@Component
@ActivityImpl(workers = "media")
public class MeasuringActivitiesImpl implements MeasuringActivities {
    private final MediaProperties media;
    private final SignalMeter meter;
    private final ObjectStore objects;
    private final SignalStore signals;

    public MeasuringActivitiesImpl(MediaProperties media, Ffmpeg ffmpeg, ObjectStore objects, SignalStore signals) {
        this.media = media;
        this.meter = new SignalMeter(ffmpeg);
        this.objects = objects;
        this.signals = signals;
    }

    @Override
    public MeasuredSegment measureSegment(MeasureSegment command) {
        ActivityExecutionContext context = Activity.getExecutionContext();
        return ActivityFailures.classify("Measuring the segment", () -> {
            String way = SignalMeter.way(command.window(), command.thorough());
            boolean known = isStored(command) || isAdopted(command, way);
            if (!known) {
                Signals measured = measure(command, () -> context.heartbeat(command.index()));
                Awaited.of(
                        "Storing the segment's signals",
                        signals.save(command.stream(), command.index(), way, measured));
            }
            return new MeasuredSegment(command.index(), !known);
        });
    }

    private boolean isStored(MeasureSegment command) {
        return Awaited.of("Looking for the segment's signals", signals.exists(command.stream(), command.index()))
                .orElse(false);
    }

    private boolean isAdopted(MeasureSegment command, String way) {
        return Awaited.of(
                        "Looking for signals of the same recording",
                        signals.adopt(command.stream(), command.index(), way))
                .orElse(false);
    }

    private Signals measure(MeasureSegment command, Runnable heartbeat) throws java.io.IOException {
        Recording recording = command.recording();
        try (Workspace workspace = Workspace.open(media.scratchFolder(), media.scratchReserve())) {
            return objects.reading(
                    new ObjectKey(recording.objectKey()),
                    input -> meter.measure(
                            input,
                            recording.facts(),
                            command.window(),
                            command.thorough(),
                            workspace.folder(),
                            heartbeat));
        }
    }
}
