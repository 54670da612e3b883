package tv.tldr.activities.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.tldr.activities.RawHttpServer;
import tv.tldr.activities.egress.NameServer;
import tv.tldr.activities.media.MediaProperties;
import tv.tldr.activities.media.Probe;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.activities.recording.SourceLook.Seen;
import tv.tldr.activities.storage.FolderObjectStore;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.storage.S3ObjectStore;
import tv.tldr.activities.storage.S3Properties;
import tv.tldr.activities.storage.TestS3;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.stream.Platform;
import tv.tldr.workflows.stream.StreamSource;

class SourceLookIT {
    /** Larger than what is fetched of a file's beginning. */
    private static final String LARGE = "-f lavfi -i testsrc2=size=320x180:rate=25:duration=10"
            + " -f lavfi -i sine=duration=10 -vf noise=alls=70:allf=t -c:v libx264 -preset ultrafast -b:v 2500k -c:a aac ";

    private static final OrganizationId OWN = new OrganizationId(new UUID(0, 1));
    private static final OrganizationId OTHER = new OrganizationId(new UUID(0, 2));

    @TempDir
    Path folder;

    private ObjectStore store = new FolderObjectStore(Path.of("target", "nowhere"));

    @Test
    void aDescriptionAtTheEndOfALargeFileIsFetchedWithoutTheRest() throws Exception {
        RangedContent content = new RangedContent(bytes(TestMedia.make(folder, LARGE + "large.mp4")), "ETag: \"one\"");
        try (RawHttpServer server = new RawHttpServer(content)) {
            Seen seen = look(server.url("/large.mp4"));

            assertThat(seen.sizeBytes())
                    .isGreaterThan(HttpExcerpt.HEAD)
                    .isEqualTo(Files.size(folder.resolve("large.mp4")));
            assertThat(facts(seen).duration()).isBetween(9.9, 10.2);
            assertThat(Objects.requireNonNull(facts(seen).video()).width()).isEqualTo(320);
            assertThat(Objects.requireNonNull(facts(seen).audio()).codec()).isEqualTo("aac");
            assertThat(server.requests()).hasSize(2);
        }
        assertThat(folder.resolve("scratch")).isEmptyDirectory();
    }

    @Test
    void aDescriptionInFrontNeedsOneRequest() throws Exception {
        Path file = TestMedia.make(folder, LARGE + "-movflags +faststart large.mp4");
        try (RawHttpServer server = new RawHttpServer(new RangedContent(bytes(file), "ETag: \"one\""))) {
            assertThat(facts(look(server.url("/large.mp4"))).duration()).isBetween(9.9, 10.2);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"large.mkv", "large.ts", "large.mov", "large.avi"})
    void everyContainerSaysHowLongItIs(String name) throws Exception {
        Path file = TestMedia.make(folder, LARGE + name);
        try (RawHttpServer server = new RawHttpServer(new RangedContent(bytes(file), "ETag: \"one\""))) {
            assertThat(facts(look(server.url("/" + name))).duration()).isBetween(9.9, 10.3);
        }
    }

    @Test
    void aServerWithoutRangesLeavesOpenHowLongItIs() throws Exception {
        RangedContent content = new RangedContent(bytes(TestMedia.make(folder, LARGE + "large.mp4")), "ETag: \"one\"");
        content.hasRanges = false;
        try (RawHttpServer server = new RawHttpServer(content)) {
            Seen seen = look(server.url("/large.mp4"));

            assertThat(seen.sizeBytes()).isEqualTo(Files.size(folder.resolve("large.mp4")));
            assertThat(seen.facts()).isNull();
        }
    }

    @Test
    void whatWouldNotBeTakenIsRefusedInTheSameWords() throws Exception {
        byte[] page = "<!DOCTYPE html><html><body>not here</body></html>".getBytes(StandardCharsets.UTF_8);
        try (RawHttpServer server = new RawHttpServer(new RangedContent(page, "ETag: \"one\""))) {
            assertRefused(server.url("/page.mp4"), FailureType.SOURCE_NOT_MEDIA);
        }
        byte[] halfAVideo = bytes(TestMedia.video(folder, "v.mp4", 2));
        try (RawHttpServer server =
                new RawHttpServer(new RangedContent(Arrays.copyOf(halfAVideo, 5000), "ETag: \"one\""))) {
            assertRefused(server.url("/v.mp4"), FailureType.SOURCE_NOT_MEDIA);
        }
        assertRefused("http://127.0.0.1:1/v.mp4", FailureType.SOURCE_UNREACHABLE);
        assertRefused(folder.resolve("nothing.mp4").toUri().toString(), FailureType.SOURCE_UNREACHABLE);
        assertThat(folder.resolve("scratch")).isEmptyDirectory();
    }

    @Test
    void aFileOfThisMachineIsLookedAtWhereItIs() {
        Path file = TestMedia.video(folder, "v.mp4", 4);

        assertThat(facts(look(file.toUri().toString())).duration()).isBetween(3.9, 4.1);
    }

    @Test
    void anObjectOfTheBucketIsLookedAtWhereItIsByItsOwnOrganization() {
        S3Properties bucket = TestS3.shared().newBucket();
        try (S3ObjectStore objects = new S3ObjectStore(bucket)) {
            store = objects;
            String inbox = ObjectKeys.inbox(OWN).value();
            String url = "s3://" + bucket.bucket() + "/" + inbox;
            objects.put(new ObjectKey(inbox + "/v.mp4"), TestMedia.video(folder, "v.mp4", 4));

            assertThat(facts(look(url + "/v.mp4")).duration()).isBetween(3.9, 4.1);
            assertRefused(url + "/nothing.mp4", FailureType.SOURCE_UNREACHABLE);
            assertRefused(
                    url.replace(OWN.toString(), OTHER.toString()) + "/v.mp4", FailureType.SOURCE_FORBIDDEN_ADDRESS);
            assertRefused("s3://another/" + inbox + "/v.mp4", FailureType.SOURCE_FORBIDDEN_ADDRESS);
        }
    }

    private void assertRefused(String url, FailureType type) {
        assertThatThrownBy(() -> look(url))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> assertThat(failure.getType())
                        .isEqualTo(type.name()));
    }

    private Seen look(String url) {
        MediaProperties media = TestMedia.properties(folder, 2);
        return new SourceLook(
                        RecorderFixture.impatient(),
                        NameServer.OF_THIS_MACHINE,
                        (_, _, _, _, _) -> {},
                        media,
                        store,
                        new Probe(TestMedia.FFMPEG))
                .look(OWN, new StreamSource(url, Platform.FILE));
    }

    private static MediaFacts facts(Seen seen) {
        return Objects.requireNonNull(seen.facts());
    }

    private static byte[] bytes(Path file) throws IOException {
        return Files.readAllBytes(file);
    }
}
