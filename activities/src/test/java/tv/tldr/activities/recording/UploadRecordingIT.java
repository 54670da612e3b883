package tv.tldr.activities.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.activities.storage.Sha256;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.activity.Recording;

class UploadRecordingIT {
    private static final String UPLOAD = "upload:upl_01kb0000000000000000000000";

    @TempDir
    Path folder;

    @Test
    void partsBecomeTheSourceAndAreGivenUp() throws IOException {
        byte[] video = Files.readAllBytes(TestMedia.video(folder, "video.mp4", 2));
        try (RecorderFixture recorder = new RecorderFixture(folder, RecorderFixture.impatient())) {
            upload(recorder, video, 100_000);

            Recording recording = recorder.record(UPLOAD);
            Recording again = recorder.record(UPLOAD);

            assertThat(recorder.store.get(ObjectKeys.source(recorder.stream)).readAllBytes())
                    .isEqualTo(video);
            assertThat(recording.sha256()).isEqualTo(recorder.upload.sha256);
            assertThat(recording.facts().duration()).isBetween(1.9, 2.2);
            assertThat(again).isEqualTo(recording);
            assertThat(recorder.upload.takenOver).isEqualTo(2);
        }
    }

    @Test
    void aPlaylistIsNeverOpenedWhateverItBeginsWith() throws IOException {
        Path secret = TestMedia.video(folder, "secret.mp4", 2);
        String playlist = "\n#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n" + secret + "\n#EXT-X-ENDLIST\n";
        for (String text : new String[] {
            playlist.strip(), playlist, "ffconcat version 1.0\nfile " + secret + "\n", "\u0001" + playlist
        }) {
            try (RecorderFixture recorder = new RecorderFixture(folder, RecorderFixture.impatient())) {
                upload(recorder, text.getBytes(StandardCharsets.UTF_8), 1000);

                assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> recorder.record(UPLOAD)))
                        .cause()
                        .hasMessageContaining(FailureType.SOURCE_NOT_MEDIA.name());
                assertThat(recorder.store.find(ObjectKeys.source(recorder.stream)))
                        .isEmpty();
            }
        }
    }

    @Test
    void anUploadThatIsGoneOrAnotherIsToldInWords() throws IOException {
        try (RecorderFixture recorder = new RecorderFixture(folder, RecorderFixture.impatient())) {
            recorder.failure(FailureType.SOURCE_UNREACHABLE, () -> recorder.record(UPLOAD));
            upload(recorder, new byte[1000], 1000);
            recorder.upload.sha256 = "0".repeat(64);

            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> recorder.record(UPLOAD)))
                    .cause()
                    .hasMessageContaining(FailureType.SOURCE_UNREACHABLE.name());
        }
    }

    private void upload(RecorderFixture recorder, byte[] bytes, int partSize) throws IOException {
        for (int start = 0; start < bytes.length; start += partSize) {
            ObjectKey key = new ObjectKey("uploads/" + start);
            Path part = Files.write(
                    folder.resolve("part"), Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + partSize)));
            recorder.store.put(key, part);
            recorder.upload.parts.add(key);
        }
        recorder.upload.size = bytes.length;
        recorder.upload.sha256 = Sha256.of(Files.write(folder.resolve("whole"), bytes), _ -> {});
    }
}
