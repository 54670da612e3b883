package tv.tldr.activities.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.temporal.failure.ApplicationFailure;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.activities.RawHttpServer;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.Sha256;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.activity.Recording;

class LocalRecordingIT {
    @TempDir
    Path folder;

    private RecorderFixture recorder;

    @BeforeEach
    void open() {
        recorder = new RecorderFixture(folder, RecorderFixture.impatient());
    }

    @AfterEach
    void close() {
        recorder.close();
    }

    @Test
    void linksAFileInsteadOfCopyingIt() throws Exception {
        Path video = Files.move(TestMedia.video(folder, "v.mp4", 3), folder.resolve("a video, mine: 100 %.mp4"));

        Recording recording = recorder.record(video.toUri().toString());

        Path stored = recorder.store.reading(new ObjectKey(recording.objectKey()), MediaInput::file);
        assertThat(Files.isSameFile(stored, video)).isTrue();
        assertThat(recording.sha256()).isEqualTo(Sha256.of(video, bytes -> {}));
        assertThat(recording.facts().duration()).isCloseTo(3, within(0.1));
        assertThat(recorder.record(video.toUri().toString())).isEqualTo(recording);
    }

    @Test
    void keepsARecordingWhoseFileIsGone() throws Exception {
        Path video = TestMedia.video(folder, "v.mp4", 1);
        Recording recording = recorder.record(video.toUri().toString());
        Files.delete(video);

        assertThat(recorder.record(video.toUri().toString())).isEqualTo(recording);
    }

    @Test
    void looksAtAFile() throws Exception {
        Path video = TestMedia.video(folder, "v.mp4", 1);

        assertThat(recorder.probe(video.toUri().toString()).sizeBytes()).isEqualTo(Files.size(video));
        assertThat(recorder.filesLeft()).isEmpty();
    }

    @Test
    void refusesWhatCannotBeOpened() throws Exception {
        for (String path : new String[] {folder.resolve("missing.mp4").toString(), folder.toString(), "/dev/zero"}) {
            ApplicationFailure failure =
                    recorder.failure(FailureType.SOURCE_UNREACHABLE, () -> recorder.record("file://" + path));

            assertThat(failure.isNonRetryable()).isTrue();
            assertThat(failure.getOriginalMessage()).contains(path);
        }
    }

    @Test
    void refusesWhatIsNoMedia() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.mp4"));
        Path text = Files.writeString(folder.resolve("text.mp4"), "Dear Sir or Madam,\n".repeat(500));
        Path cut = TestMedia.video(folder, "cut.mp4", 5);
        try (FileChannel channel = FileChannel.open(cut, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
        Path picture = TestMedia.make(folder, "-f lavfi -i testsrc2=size=128x128 -frames:v 1 picture.bmp");

        refused(empty, "is empty");
        refused(text, "is a text file");
        refused(cut, "moov atom not found");
        refused(picture, "a picture");
    }

    private void refused(Path file, String words) throws Exception {
        ApplicationFailure failure = recorder.failure(
                FailureType.SOURCE_NOT_MEDIA, () -> recorder.record(file.toUri().toString()));
        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(failure.getOriginalMessage()).contains(words);
        assertThat(file).exists();
    }

    @Test
    void refusesWhatIsLongerThanAllowed() throws Exception {
        Path video = TestMedia.video(folder, "v.mp4", 31);

        ApplicationFailure failure = recorder.failure(
                FailureType.SOURCE_TOO_LONG, () -> recorder.record(video.toUri().toString()));

        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(video).exists();
    }

    @Test
    void refusesWhatIsLongerThanThePlanAllowsAndTakesWhatIsNot() throws Exception {
        Path video = TestMedia.video(folder, "v.mp4", 4);
        String url = video.toUri().toString();

        recorder.failure(FailureType.SOURCE_TOO_LONG, () -> recorder.record(url, 3));

        assertThat(recorder.record(url, 5).facts().duration()).isEqualTo(4, within(0.1));
    }

    @Test
    void refusesLocalFilesWhereTheyAreNotTaken() throws Exception {
        SourceProperties all = RecorderFixture.impatient();
        SourceProperties remote = new SourceProperties(
                false,
                true,
                List.of(),
                Set.of(),
                all.maxDuration(),
                all.maxSize(),
                5,
                all.connectTimeout(),
                all.responseTimeout(),
                all.idleTimeout(),
                all.slowWindow(),
                all.slowSize(),
                Duration.ofSeconds(8),
                3);
        Path video = TestMedia.video(folder, "v.mp4", 1);
        try (RecorderFixture closed = new RecorderFixture(folder.resolve("closed"), remote)) {
            closed.failure(
                    FailureType.SOURCE_FORBIDDEN_ADDRESS,
                    () -> closed.record(video.toUri().toString()));
        }
    }

    @Test
    void saysWhenThereIsNoPermission() throws Exception {
        Path video = TestMedia.video(folder, "v.mp4", 1);
        Files.setPosixFilePermissions(video, Set.of());

        // For root every file is readable, so the question is asked by a process without that privilege.
        ChildJvm child =
                ChildJvm.withoutPrivileges(LocalCheck.class, video.toUri().toString());

        assertThat(child.output())
                .startsWith(FailureType.SOURCE_UNREACHABLE.name())
                .contains("no permission to read");
    }

    @Test
    void saysWhenTheScratchDiskIsFull() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("small"), 1);
                RecorderFixture small = new RecorderFixture(folder, disk.folder(), RecorderFixture.impatient());
                RawHttpServer server = new RawHttpServer((request, out) -> {
                    RawHttpServer.write(out, "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n");
                    out.write(new byte[3_000_000]);
                })) {
            ApplicationFailure failure =
                    small.failure(FailureType.STORAGE_FULL, () -> small.record(server.url("/v.mp4")));

            assertThat(failure.isNonRetryable()).isFalse();
            assertThat(failure.getOriginalMessage()).contains("no space is left");
            Files.write(disk.folder().resolve("ballast"), new byte[1_000_000]);
            assertThatThrownBy(() -> small.record(server.url("/v.mp4")))
                    .cause()
                    .hasMessageContaining(FailureType.STORAGE_FULL.name())
                    .hasMessageContaining("MiB are needed")
                    .hasMessageContaining("SCRATCH_DIR");
            Files.delete(disk.folder().resolve("ballast"));
        }
    }
}
