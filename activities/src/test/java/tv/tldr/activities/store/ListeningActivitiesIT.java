package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tv.tldr.activities.TestActivities;
import tv.tldr.activities.media.MediaProperties;
import tv.tldr.activities.media.Probe;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.activities.speech.Ear;
import tv.tldr.activities.speech.ListeningActivitiesImpl;
import tv.tldr.activities.speech.SpeechConfiguration;
import tv.tldr.activities.speech.SpeechProperties;
import tv.tldr.activities.speech.TestSpeech;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.workflows.activity.ListeningActivities;
import tv.tldr.workflows.activity.ListeningActivities.FindUnheard;
import tv.tldr.workflows.activity.ListeningActivities.HeardSegment;
import tv.tldr.workflows.activity.ListeningActivities.ListenToSegment;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.transcript.TranscriptLine;
import tv.tldr.workflows.transcript.TranscriptSource;

/** Is what somebody says in a recording written down, by the real recogniser and where it is said? */
class ListeningActivitiesIT extends StoreIT {
    /** Loaded once, as by the program. */
    private static final Ear EAR = new SpeechConfiguration().ear(new SpeechProperties(TestSpeech.model()));

    private static final TimeRange FIRST = new TimeRange(0, 60);
    private static final TimeRange SECOND = new TimeRange(60, 72);

    @TempDir
    Path folder;

    private TestActivityEnvironment temporal;
    private StreamRef stream;
    private Recording recording;

    @BeforeEach
    void recordAStream() {
        temporal = TestActivities.environment();
        stream = stores.submitted(stores.organization());
        // MPEG-TS begins its clock at 1.4 s, and is sought in by time stamps.
        recording = stored(TestSpeech.video(folder, "v.ts", 72, 5, 61.5));
    }

    @AfterEach
    void closeTemporal() {
        temporal.close();
    }

    @Test
    void writesDownWhatIsSaidWhereItIsSaidAndNeverListensAgain() {
        ListeningActivities activities = with(EAR);
        assertThat(activities.findUnheard(new FindUnheard(stream, recording, 2)).segments())
                .containsExactly(0, 1);

        assertThat(activities.listenToSegment(segment(0, FIRST))).isEqualTo(new HeardSegment(0, true));
        assertThat(activities.findUnheard(new FindUnheard(stream, recording, 2)).segments())
                .containsExactly(1);
        assertThat(activities.listenToSegment(segment(1, SECOND))).isEqualTo(new HeardSegment(1, true));
        stores.objects.delete(ObjectKeys.source(stream));
        assertThat(activities.listenToSegment(segment(1, SECOND))).isEqualTo(new HeardSegment(1, false));
        assertThat(activities.findUnheard(new FindUnheard(stream, recording, 2)).segments())
                .isEmpty();

        List<TranscriptLine> lines = lines();
        assertThat(lines).extracting(TranscriptLine::text).containsExactly(TestSpeech.WORD, TestSpeech.WORD);
        assertThat(lines).extracting(TranscriptLine::source).containsOnly(TranscriptSource.RECOGNIZER);
        assertThat(lines.getFirst().range().start()).isEqualTo(5, within(0.3));
        assertThat(lines.getLast().range().start()).isEqualTo(61.5, within(0.3));
        assertThat(folder.resolve("scratch")).isEmptyDirectory();
    }

    @Test
    void whereNoRecogniserIsSetUpNothingIsToBeHeard() {
        ListeningActivities deaf = with(new SpeechConfiguration().ear(new SpeechProperties(Path.of(""))));

        assertThat(deaf.findUnheard(new FindUnheard(stream, recording, 2)).segments())
                .isEmpty();
        assertThatThrownBy(() -> deaf.listenToSegment(segment(0, FIRST)))
                .cause()
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> assertThat(failure.getOriginalMessage())
                        .contains("set VOSK_MODEL_PATH"));
    }

    @Test
    void aRecordingWithoutSoundHasNothingToHear() {
        Recording mute = stored(TestMedia.make(
                folder, "-f lavfi -i testsrc2=size=64x64:rate=5:duration=6 -c:v libx264 -pix_fmt yuv420p mute.mp4"));

        assertThat(with(EAR).findUnheard(new FindUnheard(stream, mute, 1)).segments())
                .isEmpty();
    }

    @Test
    void tellsTheRemedyWhenTheFolderHoldsNoModel() {
        ListeningActivities broken = with(new SpeechConfiguration().ear(new SpeechProperties(folder)));

        assertThatThrownBy(() -> broken.findUnheard(new FindUnheard(stream, recording, 2)))
                .cause()
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> assertThat(failure.getOriginalMessage())
                        .contains("VOSK_MODEL_PATH is no folder with a Vosk model"));
    }

    @Test
    void storesNothingWhenItIsCancelled() {
        ListeningActivities activities = with(EAR);
        temporal.setActivityHeartbeatListener(Integer.class, segment -> temporal.requestCancelActivity());

        assertThatThrownBy(() -> activities.listenToSegment(segment(0, FIRST))).isInstanceOf(CanceledFailure.class);
        assertThat(lines()).isEmpty();
        assertThat(folder.resolve("scratch")).isEmptyDirectory();
    }

    private Recording stored(Path video) {
        ObjectKey key = ObjectKeys.source(stream);
        return new Recording(
                key.value(),
                stores.objects.put(key, video).sizeBytes(),
                Samples.SHA256,
                new Probe(TestMedia.FFMPEG).probe(new MediaInput(video), folder, () -> {}));
    }

    private ListeningActivities with(Ear ear) {
        MediaProperties media = new Binder(new MapConfigurationPropertySource(Map.of(
                        "tldr.media.scratch-folder", folder.resolve("scratch"), "tldr.media.scratch-reserve", "64KB")))
                .bind("tldr.media", MediaProperties.class)
                .get();
        temporal.registerActivitiesImplementations(
                new ListeningActivitiesImpl(media, TestMedia.FFMPEG, stores.objects, stores.transcripts, ear));
        return temporal.newActivityStub(ListeningActivities.class);
    }

    private ListenToSegment segment(int index, TimeRange window) {
        return new ListenToSegment(stream, recording, index, window);
    }

    private List<TranscriptLine> lines() {
        return answer(stores.transcripts.load(stream)).lines();
    }
}
