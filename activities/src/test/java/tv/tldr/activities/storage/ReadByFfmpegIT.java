package tv.tldr.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.activities.StorageFailure;
import tv.tldr.activities.StorageFailure.Reason;
import tv.tldr.activities.media.FfmpegCommand;
import tv.tldr.activities.media.FfmpegOutput;
import tv.tldr.activities.media.Probe;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.workflows.activity.MediaFacts;

/** FFmpeg reads what lies in a bucket as it reads a file, and what breaks off is not taken for the recording's end. */
class ReadByFfmpegIT {
    private static final ObjectKey KEY = new ObjectKey("organizations/org_1/streams/stream_1/source");

    @TempDir
    Path folder;

    @Test
    void findsTheSameInABucketAsInAFile() {
        Path file = TestMedia.make(
                folder,
                "-f lavfi -i testsrc2=size=320x180:rate=25:d=40 -f lavfi -i sine=d=40 -c:v libx264 -preset ultrafast"
                        + " -c:a aac video.mp4");
        Probe probe = new Probe(TestMedia.FFMPEG);
        MediaFacts local = probe.probe(new MediaInput(file), folder, () -> {});
        List<String> arguments = new ArrayList<>();
        try (S3ObjectStore store = new S3ObjectStore(TestS3.shared().newBucket())) {
            store.put(KEY, file);

            MediaFacts remote = store.reading(KEY, input -> {
                arguments.addAll(input.arguments());
                return probe.probe(input, folder, () -> {});
            });

            assertThat(remote).isEqualTo(local);
        }
        assertThat(String.join(" ", arguments))
                .contains("-protocol_whitelist http,tcp ")
                .contains("http://127.0.0.1:")
                .doesNotContain("X-Amz")
                .doesNotContain("hls");
    }

    @Test
    void aServerThatGoesAwayInTheMiddleIsNotTheEndOfTheRecording() {
        Path file = TestMedia.make(
                folder,
                "-f lavfi -i testsrc2=size=1280x720:rate=25:d=30 -c:v libx264 -preset ultrafast -qp 8 video.mp4");
        try (TestS3 server = TestS3.start(folder);
                S3ObjectStore store = new S3ObjectStore(server.newBucket())) {
            store.put(KEY, file);

            StorageFailure failure = catchThrowableOfType(
                    StorageFailure.class, () -> store.reading(KEY, input -> decode(input, server::stop)));

            assertThat(failure).isNotNull();
            assertThat(failure.reason()).isEqualTo(Reason.AWAY);
        }
    }

    /** Ten times as fast as it is played, so that the rest is still to be read when the server goes. */
    private FfmpegOutput decode(MediaInput input, Runnable onceItRuns) {
        List<String> arguments = new ArrayList<>(List.of("-readrate", "10"));
        arguments.addAll(input.arguments());
        arguments.addAll(List.of("-f", "null", "-"));
        boolean[] told = new boolean[1];
        return TestMedia.FFMPEG.run(
                FfmpegCommand.ffmpeg(folder, Duration.ofMinutes(1), arguments).reportingProgress(), progress -> {
                    if (!told[0]) {
                        told[0] = true;
                        onceItRuns.run();
                    }
                });
    }
}
