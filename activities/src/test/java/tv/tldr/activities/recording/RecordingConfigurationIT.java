package tv.tldr.activities.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;
import tv.tldr.activities.RefusedConnections;
import tv.tldr.activities.SourceAddresses;
import tv.tldr.activities.UploadedFiles;
import tv.tldr.activities.egress.EgressConfiguration;
import tv.tldr.activities.media.FfmpegPrograms;
import tv.tldr.activities.media.MediaProperties;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.workflows.stream.Platform;
import tv.tldr.workflows.stream.StreamSource;

class RecordingConfigurationIT {
    private final ApplicationContextRunner spring = new ApplicationContextRunner()
            .withBean(SourceAddresses.class, () -> stream -> new StreamSource("file:///nothing", Platform.FILE))
            .withBean(RefusedConnections.class, () -> (_, _, _, _, _) -> {})
            .withBean(UploadedFiles.class, TestUpload::new)
            .withUserConfiguration(
                    EgressConfiguration.class, RecordingConfiguration.class, RecordingActivitiesImpl.class);

    @TempDir
    Path folder;

    @Test
    void isReadyWithDefaultsThatTrustNobody() {
        spring.withPropertyValues("tldr.media.ffmpeg-folder=" + Path.of("target", "ffmpeg"), "tldr.media.ffmpeg-path=")
                .run(context -> {
                    SourceProperties sources = context.getBean(SourceProperties.class);
                    assertThat(sources.localFiles()).isFalse();
                    assertThat(sources.allowPrivateAddresses()).isFalse();
                    assertThat(sources.ports()).containsExactlyInAnyOrder(80, 443, 8080, 8443);
                    assertThat(sources.maxDuration()).isEqualTo(Duration.ofHours(12));
                    assertThat(context.getBean(FfmpegPrograms.class)).isEqualTo(TestMedia.PROGRAMS);
                    assertThat(context).hasSingleBean(ObjectStore.class).hasSingleBean(RecordingActivitiesImpl.class);
                });
    }

    @Test
    void takesEverySettingThatIsGiven() {
        spring.withPropertyValues(
                        "tldr.media.scratch-folder=" + folder.resolve("scratch"),
                        "tldr.media.object-folder=" + folder.resolve("objects"),
                        "tldr.media.ffmpeg-path=" + TestMedia.PROGRAMS.ffmpeg(),
                        "tldr.media.threads=3",
                        "tldr.media.address-space=4GB",
                        "tldr.sources.local-files=true",
                        "tldr.sources.ports=443",
                        "tldr.sources.max-size=1GB")
                .run(context -> {
                    MediaProperties media = context.getBean(MediaProperties.class);
                    assertThat(media.scratchFolder()).isEqualTo(folder.resolve("scratch"));
                    assertThat(media.threads()).isEqualTo(3);
                    assertThat(media.limits().addressSpace()).isEqualTo(DataSize.ofGigabytes(4));
                    assertThat(context.getBean(FfmpegPrograms.class).libraries())
                            .isNull();
                    SourceProperties sources = context.getBean(SourceProperties.class);
                    assertThat(sources.localFiles()).isTrue();
                    assertThat(sources.ports()).containsExactly(443);
                    assertThat(sources.maxSize()).isEqualTo(DataSize.ofGigabytes(1));
                });
    }
}
