package tv.tldr.activities.store;

import io.temporal.spring.boot.ActivityImpl;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.workflows.TaskQueues;
import tv.tldr.workflows.activity.ClipActivities.CutClip;
import tv.tldr.workflows.activity.RecutActivities;
import tv.tldr.workflows.transcript.Transcript;
import tv.tldr.workflows.transcript.TranscriptLine;

/** Puts a new clip in the place of the old one; whichever of both is of no use then goes. */
@Component
@ActivityImpl(workers = TaskQueues.STREAMS)
public final class RecutActivitiesImpl implements RecutActivities {
    private static final Logger LOG = LoggerFactory.getLogger(RecutActivitiesImpl.class);

    private final RecutStore recuts;
    private final StoredStream stored;
    private final ObjectStore objects;
    private final RemovedObjects removed;

    RecutActivitiesImpl(RecutStore recuts, StoredStream stored, ObjectStore objects, RemovedObjects removed) {
        this.recuts = recuts;
        this.stored = stored;
        this.objects = objects;
        this.removed = removed;
    }

    @Override
    public void finishRecut(FinishRecut command) {
        List<TranscriptLine> said = Awaited.of("reading what is said", stored.transcript(command.stream()))
                .orElse(Transcript.EMPTY)
                .within(command.range());
        RecutStore.Outcome outcome = Awaited.of("putting the clip in place", recuts.finish(command, said))
                .orElseThrow();
        switch (outcome) {
            case RecutStore.Outcome.InPlace(List<Removal> old) -> old.forEach(this::remove);
            case RecutStore.Outcome.Unwanted _ -> removeNew(command.files());
        }
    }

    /** What cannot be removed now is noted, and a sweep removes it. */
    private void remove(Removal removal) {
        try {
            removed.remove(removal).block();
        } catch (RuntimeException later) {
            LOG.warn("{} is left to the sweep: {}", removal.folder(), later.toString());
        }
    }

    private void removeNew(CutClip files) {
        ActivityFailures.classify("removing a clip that nobody wants any more", () -> {
            objects.delete(new ObjectKey(files.clip().objectKey()));
            if (files.thumbnail() != null) {
                objects.delete(new ObjectKey(files.thumbnail().objectKey()));
            }
            return files;
        });
    }

    @Override
    public void failRecut(FailRecut command) {
        Awaited.of("writing down why the clip is not cut", recuts.fail(command));
    }
}
