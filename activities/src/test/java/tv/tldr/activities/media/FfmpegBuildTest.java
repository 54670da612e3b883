package tv.tldr.activities.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FfmpegBuildTest {
    @ParameterizedTest
    @CsvSource({
        "Linux,    amd64,   linux-x86_64-gpl",
        "Linux,    aarch64, linux-arm64-gpl",
        "Mac OS X, x86_64,  macosx-x86_64-gpl",
        "Mac OS X, aarch64, macosx-arm64-gpl",
    })
    void isChosenBySystemAndProcessor(String system, String processor, String classifier) {
        assertThat(FfmpegBuild.of(system, processor))
                .hasValueSatisfying(build -> assertThat(build.classifier()).isEqualTo(classifier));
    }

    @ParameterizedTest
    @CsvSource({"Linux, riscv64", "Linux, ''", "Windows 11, amd64", "FreeBSD, amd64", "'', ''"})
    void isNoneWhereNoneIsMade(String system, String processor) {
        assertThat(FfmpegBuild.of(system, processor)).isEmpty();
    }

    @Test
    void eachTakesAlongAllThatItsProgramsAskFor() {
        for (FfmpegBuild build : FfmpegBuild.values()) {
            assertThat(build.files())
                    .startsWith("ffmpeg", "ffprobe")
                    .containsAll(build.askingForDevices())
                    .doesNotContainAnyElementsOf(build.deviceLibraries());
        }
    }
}
