package tv.tldr.activities.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.activities.egress.Canary;
import tv.tldr.activities.egress.NameServer;
import tv.tldr.activities.egress.Origin;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.workflows.activity.FailureType;

/** A name that leads to a public place when it is looked at, and to ourselves when it is dialled, leads nowhere. */
class RebindingIT {
    private static final String NAME = "rebinding.hostile.test";

    @TempDir
    Path folder;

    private Canary canary;
    private Origin origin;
    private NameServer names;
    private String url = "";

    @BeforeEach
    void open() throws IOException {
        canary = new Canary();
        // On the same port, since a name says nothing about ports.
        origin = new Origin(folder, canary.port());
        names = new NameServer();
        url = "http://" + NAME + ":" + canary.port() + "/video.mp4";
        TestMedia.video(folder, "video.mp4", 2);
    }

    @AfterEach
    void close() {
        names.close();
        origin.close();
        canary.close();
    }

    @Test
    void eachConnectionGoesToTheVeryAddressThatWasJudged() throws IOException {
        names.rebinding(NAME, Origin.ADDRESS, "127.0.0.1");
        try (RecorderFixture recorder = new RecorderFixture(folder, sources(false), names.names())) {
            // One look-up: what it judges is what it dials.
            assertThat(recorder.probe(url).description()).contains(NAME);
            assertThat(origin.requests()).isEqualTo(1);
            int questions = names.questions();

            recorder.failure(FailureType.SOURCE_FORBIDDEN_ADDRESS, () -> recorder.record(url));

            assertThat(names.questions()).isGreaterThan(questions);
            assertThat(origin.requests()).isEqualTo(1);
            assertThat(canary.hits()).isZero();
        }
    }

    @Test
    void aPlaylistWhosePiecesMoveIsNotFollowed() throws IOException {
        TestMedia.make(
                folder,
                "-f lavfi -i testsrc2=size=320x180:rate=25:duration=4 -c:v libx264 -preset ultrafast -g 50 -f hls -hls_time 2"
                        + " -hls_playlist_type vod v.m3u8");
        names.rebinding(NAME, Origin.ADDRESS, "127.0.0.1");
        try (RecorderFixture recorder = new RecorderFixture(folder, sources(false), names.names())) {
            recorder.failure(
                    FailureType.SOURCE_FORBIDDEN_ADDRESS, () -> recorder.record(url.replace("video.mp4", "v.m3u8")));

            assertThat(origin.requests()).isPositive();
            assertThat(canary.hits()).isZero();
        }
    }

    @Test
    void withoutTheGuardItLeadsToOurselves() {
        names.rebinding(NAME, Origin.ADDRESS, "127.0.0.1");
        try (RecorderFixture open = new RecorderFixture(folder, sources(true), names.names())) {
            assertThat(open.probe(url).description()).contains(NAME);
            assertThatThrownBy(() -> open.record(url)).isNotNull();
            assertThat(canary.hits()).isPositive();
        }
    }

    private SourceProperties sources(boolean open) {
        SourceProperties all = RecorderFixture.impatient();
        return new SourceProperties(
                false,
                open,
                List.of(Origin.ADDRESS),
                Set.of(canary.port()),
                all.maxDuration(),
                all.maxSize(),
                all.redirects(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                all.slowSize(),
                Duration.ofSeconds(60),
                all.resumes());
    }
}
