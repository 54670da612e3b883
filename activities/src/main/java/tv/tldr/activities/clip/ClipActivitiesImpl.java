package tv.tldr.activities.clip;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.spring.boot.ActivityImpl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.activities.media.FfmpegFailure;
import tv.tldr.activities.media.MediaProperties;
import tv.tldr.activities.media.Workspace;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.storage.Sha256;
import tv.tldr.activities.storage.StoredObject;
import tv.tldr.workflows.TaskQueues;
import tv.tldr.workflows.activity.ClipActivities;
import tv.tldr.workflows.activity.MediaFacts.Video;

/**
 * Cuts in a scratch folder and puts what is finished into the object store, the clip last: where it is, the thumbnail is
 * too. The clip carries in its comment what it was cut from, so that a second run knows it and only describes it.
 */
@Component
@ActivityImpl(workers = TaskQueues.MEDIA)
public class ClipActivitiesImpl implements ClipActivities {
    private static final Logger LOG = LoggerFactory.getLogger(ClipActivitiesImpl.class);
    /** More than the encoder writes for anything but noise. */
    private static final double BITS_PER_PIXEL = 0.15;

    private final MediaProperties media;
    private final ClipCutter cutter;
    private final ObjectStore store;

    public ClipActivitiesImpl(MediaProperties media, ClipCutter cutter, ObjectStore store) {
        this.media = media;
        this.cutter = cutter;
        this.store = store;
    }

    @Override
    public CutClip cutClip(Cut command) {
        ActivityExecutionContext context = Activity.getExecutionContext();
        DoubleConsumer heartbeat = done -> context.heartbeat(Math.round(done * 100) + " %");
        return ActivityFailures.classify("Cutting the clip", () -> {
            ClipWindow window = new ClipWindow(command.recording().facts(), command.range(), command.peak());
            try (Workspace workspace = Workspace.open(media.scratchFolder(), needed(window))) {
                heartbeat.accept(0);
                Optional<CutClip> before = stored(command, workspace, heartbeat);
                return before.isPresent() ? before.get() : cut(command, window, workspace, heartbeat);
            }
        });
    }

    private CutClip cut(Cut command, ClipWindow window, Workspace workspace, DoubleConsumer heartbeat)
            throws IOException {
        ObjectKey source = new ObjectKey(command.recording().objectKey());
        Clip clip = store.reading(
                source, input -> cutter.cut(input, window, comment(command), workspace.folder(), heartbeat));
        Path picture = clip.thumbnail();
        StoredFile thumbnail = picture == null ? null : adopt(thumbnailKey(command), picture, heartbeat);
        StoredFile file = adopt(picture == null ? soundKey(command) : clipKey(command), clip.file(), heartbeat);
        return described(command, file, thumbnail, clip.tracks());
    }

    /** What an earlier run of the same command has finished. */
    private Optional<CutClip> stored(Cut command, Workspace workspace, DoubleConsumer heartbeat) {
        for (ObjectKey key : List.of(clipKey(command), soundKey(command))) {
            Optional<StoredObject> clip = store.find(key);
            Optional<StoredObject> thumbnail = store.find(thumbnailKey(command));
            boolean withPicture = key.equals(clipKey(command));
            if (clip.isEmpty() || (withPicture && thumbnail.isEmpty())) {
                continue;
            }
            try {
                ClipTracks tracks = store.reading(
                        key, input -> cutter.inspect(input, workspace.folder(), () -> heartbeat.accept(1)));
                if (tracks.comment().equals(comment(command)) && !tracks.isEmpty()) {
                    StoredFile picture = withPicture ? file(thumbnail.orElseThrow()) : null;
                    return Optional.of(described(command, file(clip.get()), picture, tracks));
                }
            } catch (FfmpegFailure failure) {
                LOG.warn("the stored clip {} cannot be read and is cut again: {}", key, failure.getMessage());
            }
        }
        return Optional.empty();
    }

    private StoredFile adopt(ObjectKey key, Path file, DoubleConsumer heartbeat) throws IOException {
        LongConsumer isCut = bytes -> heartbeat.accept(1);
        return file(store.adopt(key, file, Sha256.of(file, isCut), isCut));
    }

    private static CutClip described(Cut command, StoredFile clip, @Nullable StoredFile thumbnail, ClipTracks tracks) {
        double start = command.range().start();
        return new CutClip(clip, thumbnail, start, start + tracks.end(), tracks.audioOffset());
    }

    private static StoredFile file(StoredObject object) {
        return new StoredFile(object.key().value(), object.sizeBytes(), object.sha256());
    }

    private static String comment(Cut command) {
        return "From " + command.range().start() + " to " + command.range().end() + " s of "
                + command.stream().streamId() + ", best at " + command.peak() + " s";
    }

    private DataSize needed(ClipWindow window) {
        Video video = window.facts().video();
        double pixels = video == null ? 0 : (double) video.width() * video.height() / window.frame();
        long clip = (long) (window.duration() * pixels * BITS_PER_PIXEL / 8);
        return DataSize.ofBytes(media.scratchReserve().toBytes() + clip);
    }

    private static ObjectKey clipKey(Cut command) {
        return ObjectKeys.clip(command.stream(), command.highlightId(), command.version());
    }

    private static ObjectKey soundKey(Cut command) {
        return ObjectKeys.soundClip(command.stream(), command.highlightId(), command.version());
    }

    private static ObjectKey thumbnailKey(Cut command) {
        return ObjectKeys.thumbnail(command.stream(), command.highlightId(), command.version());
    }
}
