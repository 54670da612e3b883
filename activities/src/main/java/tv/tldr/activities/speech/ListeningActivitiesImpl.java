package tv.tldr.activities.speech;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.spring.boot.ActivityImpl;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.media.MediaProperties;
import tv.tldr.activities.media.Workspace;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.store.Awaited;
import tv.tldr.activities.store.TranscriptStore;
import tv.tldr.workflows.TaskQueues;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.activity.ListeningActivities;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.transcript.Transcript;

/** Listens to a segment in a scratch folder and stores its lines in one row; a row that is there is never made again. */
@Component
@ActivityImpl(workers = TaskQueues.MEDIA)
public class ListeningActivitiesImpl implements ListeningActivities {
    private final MediaProperties media;
    private final SegmentSound sound;
    private final ObjectStore objects;
    private final TranscriptStore transcripts;
    private final Ear ear;

    public ListeningActivitiesImpl(
            MediaProperties media, Ffmpeg ffmpeg, ObjectStore objects, TranscriptStore transcripts, Ear ear) {
        this.media = media;
        this.sound = new SegmentSound(ffmpeg);
        this.objects = objects;
        this.transcripts = transcripts;
        this.ear = ear;
    }

    @Override
    public Unheard findUnheard(FindUnheard command) {
        if (ear.recognizer().isEmpty() || command.recording().facts().audio() == null) {
            return Unheard.NONE;
        }
        ActivityExecutionContext context = Activity.getExecutionContext();
        return ActivityFailures.classify("Making the speech recogniser ready", () -> {
            Set<Integer> heard = heard(command.stream());
            List<Integer> unheard = IntStream.range(0, command.segments())
                    .filter(segment -> !heard.contains(segment))
                    .boxed()
                    .toList();
            if (!unheard.isEmpty()) {
                recognizer().prepare(() -> context.heartbeat("loading the speech model"));
            }
            return new Unheard(unheard);
        });
    }

    @Override
    public HeardSegment listenToSegment(ListenToSegment command) {
        ActivityExecutionContext context = Activity.getExecutionContext();
        return ActivityFailures.classify("Listening to the segment", () -> {
            Set<Integer> heard = heard(command.stream());
            boolean stored = heard.contains(command.index());
            if (!stored) {
                Transcript lines = listen(command, () -> context.heartbeat(command.index()));
                Awaited.of("Storing what is said", transcripts.save(command.stream(), command.index(), lines));
            }
            return new HeardSegment(command.index(), !stored);
        });
    }

    private Set<Integer> heard(StreamRef stream) {
        return Awaited.of("Looking what has been listened to", transcripts.segments(stream))
                .orElse(Set.of());
    }

    private Transcript listen(ListenToSegment command, Runnable heartbeat) throws IOException {
        Recording recording = command.recording();
        MediaFacts.Audio audio = recording.facts().audio();
        if (audio == null) {
            return Transcript.EMPTY;
        }
        try (Workspace workspace = Workspace.open(media.scratchFolder(), media.scratchReserve())) {
            SegmentSound.Cut cut = objects.reading(
                    new ObjectKey(recording.objectKey()),
                    input -> sound.cut(
                            input,
                            recording.facts().startTime(),
                            audio,
                            command.window(),
                            workspace.folder(),
                            heartbeat));
            List<SpokenWord> words = recognizer().hear(cut.file(), heartbeat).stream()
                    .map(word -> word.shifted(cut.from()))
                    .toList();
            return new Transcript(SpokenLines.of(words, command.window()));
        }
    }

    /** Another worker, with a recogniser, found something to listen to; the next attempt may be its own. */
    private SpeechRecognizer recognizer() {
        return ear.recognizer()
                .orElseThrow(() -> ActivityFailures.of(
                        FailureType.PROCESSING_ERROR,
                        "this worker has no speech recogniser: set VOSK_MODEL_PATH for each of them or for none"));
    }
}
