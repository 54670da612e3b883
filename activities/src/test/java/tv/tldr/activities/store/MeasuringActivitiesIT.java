package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.activities.TestActivities;
import tv.tldr.activities.media.MediaProperties;
import tv.tldr.activities.media.Probe;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.activities.media.signal.MeasuringActivitiesImpl;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.workflows.activity.CatalogActivities.SaveRecording;
import tv.tldr.workflows.activity.CatalogActivities.StartStream;
import tv.tldr.workflows.activity.MeasuringActivities;
import tv.tldr.workflows.activity.MeasuringActivities.MeasureSegment;
import tv.tldr.workflows.activity.MeasuringActivities.MeasuredSegment;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.TimeRange;

class MeasuringActivitiesIT extends StoreIT {
    @TempDir
    Path folder;

    private TestActivityEnvironment temporal;
    private StreamRef stream;
    private Recording recording;
    private MeasuringActivities activities;

    @BeforeEach
    void recordAStream() {
        temporal = TestActivities.environment();
        stream = stores.submitted(stores.organization());
        ObjectKey key = ObjectKeys.source(stream);
        Path video = TestMedia.video(folder, "v.mp4", 6);
        recording = new Recording(
                key.value(),
                stores.objects.put(key, video).sizeBytes(),
                Samples.SHA256,
                new Probe(TestMedia.FFMPEG).probe(new MediaInput(video), folder, () -> {}));
        MediaProperties media = TestMedia.properties(folder, 2);
        temporal.registerActivitiesImplementations(
                new MeasuringActivitiesImpl(media, TestMedia.FFMPEG, stores.objects, stores.signals));
        activities = temporal.newActivityStub(MeasuringActivities.class);
    }

    @AfterEach
    void closeTemporal() {
        temporal.close();
    }

    @Test
    void storesWhatItMeasuredAndNeverMeasuresItAgain() {
        assertThat(activities.measureSegment(segment(1, 3, 6))).isEqualTo(new MeasuredSegment(1, true));
        Signals signals = stored().getFirst();

        stores.objects.delete(ObjectKeys.source(stream));

        assertThat(activities.measureSegment(segment(1, 3, 6))).isEqualTo(new MeasuredSegment(1, false));
        assertThat(stored()).hasSize(1);
        assertThat(signals.firstSecond()).isEqualTo(3);
        assertThat(signals.curve(SignalKind.LOUDNESS))
                .hasValueSatisfying(loudness -> assertThat(loudness).hasSize(3).doesNotContain(Float.NaN));
        assertThat(folder.resolve("scratch")).isEmptyDirectory();
    }

    @Test
    void theSameRecordingOfTheOrganizationIsNotMeasuredAgain() {
        save(stream);
        activities.measureSegment(segment(1, 3, 6));
        List<Signals> measured = stored();
        stores.objects.delete(ObjectKeys.source(stream));

        stream = stores.submitted(stream.organizationId());
        save(stream);

        assertThat(activities.measureSegment(segment(1, 3, 6))).isEqualTo(new MeasuredSegment(1, false));
        assertThat(stored().getFirst().curve(SignalKind.LOUDNESS)).hasValueSatisfying(loudness -> assertThat(loudness)
                .isEqualTo(measured.getFirst().curve(SignalKind.LOUDNESS).orElseThrow()));
    }

    @Test
    void storesNothingWhenTheRecordingCannotBeRead() {
        stores.objects.delete(ObjectKeys.source(stream));

        assertThatThrownBy(() -> activities.measureSegment(segment(0, 0, 3)))
                .cause()
                .isInstanceOf(ApplicationFailure.class);
        assertThat(stored()).isEmpty();
        assertThat(folder.resolve("scratch")).isEmptyDirectory();
    }

    @Test
    void storesNothingWhenItIsCancelled() {
        temporal.setActivityHeartbeatListener(Integer.class, segment -> temporal.requestCancelActivity());

        assertThatThrownBy(() -> activities.measureSegment(segment(0, 0, 6))).isInstanceOf(CanceledFailure.class);
        assertThat(stored()).isEmpty();
        assertThat(folder.resolve("scratch")).isEmptyDirectory();
    }

    private void save(StreamRef recorded) {
        stores.catalog.startStream(new StartStream(recorded, new EventId(FreshUuid.next())));
        stores.catalog.saveRecording(new SaveRecording(recorded, recording, 2));
    }

    private MeasureSegment segment(int index, double from, double to) {
        return new MeasureSegment(stream, recording, index, new TimeRange(from, to), false);
    }

    private List<Signals> stored() {
        return all(stores.signals.load(stream));
    }
}
