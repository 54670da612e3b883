package tv.tldr.activities.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.tldr.activities.RawHttpServer;
import tv.tldr.activities.RawHttpServer.Request;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.activities.storage.Sha256;
import tv.tldr.workflows.activity.FailureType;

/** What an attempt has downloaded is not downloaded again, and is never joined with anything else. */
class ResumedDownloadIT {
    private static final String LONG_AGO = "Last-Modified: Mon, 01 Jun 2026 10:00:00 GMT";
    private static final String NOW = "Date: Mon, 01 Jun 2026 10:00:01 GMT";
    private static final String LATER = "Date: Mon, 01 Jun 2026 11:00:00 GMT";

    @TempDir
    Path folder;

    private RecorderFixture first;
    private RecorderFixture second;
    private byte[] video;
    private byte[] another;

    @BeforeEach
    void open() throws Exception {
        first = new RecorderFixture(folder, RecorderFixture.impatient());
        second = new RecorderFixture(folder, scratch(), RecorderFixture.impatient(), first.stream);
        video = Files.readAllBytes(TestMedia.video(folder, "v.mp4", 6));
        another = Files.readAllBytes(TestMedia.video(folder, "another.mp4", 8));
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    @Test
    void goesOnWhereAKilledProcessWas() throws Exception {
        RangedContent content = new RangedContent(video, "ETag: \"one\"");
        content.most = video.length / 2;
        content.stalls = true;
        try (RawHttpServer server = new RawHttpServer(content)) {
            Process process = new ProcessBuilder(ChildJvm.command(
                            DownloadUntilKilled.class,
                            scratch().toString(),
                            first.stream.streamId().toString(),
                            server.url("/v.mp4")))
                    .inheritIO()
                    .start();
            try {
                await().atMost(Duration.ofMinutes(1)).until(() -> received() == video.length / 2);
                assertThatThrownBy(() -> second.record(server.url("/v.mp4")))
                        .cause()
                        .hasMessageContaining("has not ended yet")
                        .hasMessageContaining("nonRetryable=false");
            } finally {
                process.destroyForcibly().waitFor();
            }
            content.most = video.length;

            assertThat(second.record(server.url("/v.mp4")).sha256()).isEqualTo(hash("v.mp4"));
            assertThat(content.served).hasValue(video.length);
            assertThat(server.requests().getLast().headers())
                    .containsEntry("Range", "bytes=" + video.length / 2 + "-")
                    .containsEntry("If-Range", "\"one\"");
            assertThat(leftInScratch()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ETag: \"one\"", LONG_AGO + "\r\n" + LATER})
    void theNextAttemptGoesOnWhereTheLastWasBrokenOff(String validator) throws Exception {
        RangedContent content = new RangedContent(video, validator);
        try (RawHttpServer server = brokenOff(content)) {
            assertThat(received()).isEqualTo(4L * (video.length / 10));

            assertThat(second.record(server.url("/v.mp4")).sha256()).isEqualTo(hash("v.mp4"));
            assertThat(content.served).hasValue(video.length);
            assertThat(leftInScratch()).isEmpty();
        }
    }

    @Test
    void startsOverWhenTheSourceHasChanged() throws Exception {
        RangedContent content = new RangedContent(video, "ETag: \"one\"");
        try (RawHttpServer server = brokenOff(content)) {
            content.becomes(another, "ETag: \"two\"");

            assertThat(second.record(server.url("/v.mp4")).sha256()).isEqualTo(hash("another.mp4"));
            assertThat(server.requests().getLast().headers()).containsEntry("If-Range", "\"one\"");
        }
    }

    @Test
    void neverJoinsAPartOfAnotherContentThatTheServerSendsNevertheless() throws Exception {
        RangedContent content = new RangedContent(video, "ETag: \"one\"");
        try (RawHttpServer server = brokenOff(content)) {
            content.ignoresIfRange = true;
            content.becomes(another, "ETag: \"two\"");

            assertThat(second.record(server.url("/v.mp4")).sha256()).isEqualTo(hash("another.mp4"));
            assertThat(server.requests().getLast().headers()).doesNotContainKey("Range");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ETag: W/\"one\"", "X-None: at all", LONG_AGO, LONG_AGO + "\r\n" + NOW})
    void keepsNothingThatCouldNotBeToldFromAnotherContent(String validator) throws Exception {
        RangedContent content = new RangedContent(video, validator);
        try (RawHttpServer server = brokenOff(content)) {
            assertThat(leftInScratch()).isEmpty();

            assertThat(second.record(server.url("/v.mp4")).sha256()).isEqualTo(hash("v.mp4"));
            assertThat(server.requests())
                    .extracting(Request::headers)
                    .noneMatch(headers -> headers.containsKey("Range"));
        }
    }

    @Test
    void startsOverWhenTheServerHasNoRanges() throws Exception {
        RangedContent content = new RangedContent(video, "ETag: \"one\"");
        content.hasRanges = false;
        try (RawHttpServer server = brokenOff(content)) {
            assertThat(second.record(server.url("/v.mp4")).sha256()).isEqualTo(hash("v.mp4"));
            assertThat(content.served).hasValue(4L * (video.length / 10) + video.length);
        }
    }

    @Test
    void joinsThePartsOfAServerThatSendsShortOnes() throws Exception {
        RangedContent content = new RangedContent(video, "ETag: \"one\"");
        content.shortRange = video.length / 2;
        try (RawHttpServer server = new RawHttpServer(content)) {
            leave(new SourceVersion("\"one\"", -1), Arrays.copyOf(video, 1000));

            assertThat(second.record(server.url("/v.mp4")).sha256()).isEqualTo(hash("v.mp4"));
            assertThat(server.requests()).hasSize(2);
            assertThat(content.served).hasValue(video.length - 1000);
        }
    }

    @Test
    void asksForNothingWhenAllWasReceived() throws Exception {
        RangedContent content = new RangedContent(video, "ETag: \"one\"");
        try (RawHttpServer server = new RawHttpServer(content)) {
            leave(new SourceVersion("\"one\"", video.length), video);

            assertThat(second.record(server.url("/v.mp4")).sha256()).isEqualTo(hash("v.mp4"));
            assertThat(server.requests()).isEmpty();
            assertThat(leftInScratch()).isEmpty();
        }
    }

    @Test
    void startsOverWhenThereIsNoRestOfAContentWithoutASize() throws Exception {
        RangedContent content = new RangedContent(video, "ETag: \"one\"");
        try (RawHttpServer server = new RawHttpServer(content)) {
            leave(new SourceVersion("\"one\"", -1), video);

            assertThat(second.record(server.url("/v.mp4")).sha256()).isEqualTo(hash("v.mp4"));
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void forgetsThePartOfAnObjectThatIsStored() throws Exception {
        RangedContent content = new RangedContent(video, "ETag: \"one\"");
        try (RawHttpServer server = new RawHttpServer(content)) {
            first.record(server.url("/v.mp4"));
            leave(new SourceVersion("\"one\"", -1), video);

            second.record(server.url("/v.mp4"));

            assertThat(server.requests()).hasSize(1);
            assertThat(leftInScratch()).isEmpty();
        }
    }

    @Test
    void keepsAWholeDownloadThatTheObjectStoreCouldNotTake() throws Exception {
        RangedContent content = new RangedContent(video, "ETag: \"one\"");
        Path inTheWay = Files.createFile(folder.resolve("objects"));
        try (RawHttpServer server = new RawHttpServer(content)) {
            assertThatThrownBy(() -> first.record(server.url("/v.mp4")))
                    .cause()
                    .hasMessageContaining("could not store the object");
            Files.delete(inTheWay);

            assertThat(second.record(server.url("/v.mp4")).sha256()).isEqualTo(hash("v.mp4"));
            assertThat(server.requests()).hasSize(1);
            assertThat(leftInScratch()).isEmpty();
        }
    }

    @Test
    void leavesNothingWhenTheSourceIsGoneForGood() throws Exception {
        RangedContent content = new RangedContent(video, "ETag: \"one\"");
        try (RawHttpServer server = brokenOff(content);
                RawHttpServer gone = new RawHttpServer(
                        (request, out) -> RawHttpServer.write(out, "HTTP/1.1 404 Told\r\nContent-Length: 0\r\n\r\n"))) {
            assertThat(leftInScratch()).isNotEmpty();

            second.failure(FailureType.SOURCE_UNREACHABLE, () -> second.record(gone.url("/v.mp4")));
            assertThat(server.requests()).hasSize(4);
        }
    }

    @Test
    void leavesNothingWhenTheStreamIsStopped() throws Exception {
        RangedContent content = new RangedContent(video, "ETag: \"one\"");
        content.most = video.length / 2;
        content.stalls = true;
        try (RawHttpServer server = new RawHttpServer(content)) {
            first.temporal.setActivityHeartbeatListener(Long.class, bytes -> {
                if (bytes > 0) {
                    first.temporal.requestCancelActivity();
                }
            });

            assertThatThrownBy(() -> first.record(server.url("/v.mp4"))).isInstanceOf(CanceledFailure.class);
            assertThat(first.filesLeft()).isEmpty();
        }
    }

    /** A server that the first attempt was at, which got the first tenths and then gave up. */
    private RawHttpServer brokenOff(RangedContent content) throws Exception {
        content.most = video.length / 10;
        RawHttpServer server = new RawHttpServer(content);
        assertThatThrownBy(() -> first.record(server.url("/v.mp4")))
                .isInstanceOf(ActivityFailure.class)
                .cause()
                .hasMessageContaining("broke the connection")
                .hasMessageContaining("nonRetryable=false");
        content.most = Integer.MAX_VALUE;
        return server;
    }

    private void leave(SourceVersion version, byte[] bytes) throws Exception {
        try (PartialFile partial =
                PartialFile.take(scratch(), first.stream.streamId()).orElseThrow()) {
            partial.begin(version);
            Files.write(partial.content(), bytes);
            partial.keep();
        }
    }

    private long received() throws Exception {
        Path content = scratch().resolve("download-" + first.stream.streamId());
        return Files.exists(content) ? Files.size(content) : 0;
    }

    private List<Path> leftInScratch() throws Exception {
        return first.filesLeft().stream()
                .filter(file -> file.startsWith(scratch()))
                .toList();
    }

    private Path scratch() {
        return folder.resolve("scratch");
    }

    private String hash(String name) throws Exception {
        return Sha256.of(folder.resolve(name), bytes -> {});
    }
}
