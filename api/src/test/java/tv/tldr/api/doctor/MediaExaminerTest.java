package tv.tldr.api.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.embedded.SettingSources;

class MediaExaminerTest {
    @ParameterizedTest
    @CsvSource({
        "ffprobe version 8.1.2 Copyright (c) 2007-2026 the FFmpeg developers, 8, 1",
        "ffprobe version 5.1.9-0+deb12u1 Copyright (c) 2007-2026, 5, 1",
        "ffprobe version n7.0 Copyright (c) 2007-2024, 7, 0"
    })
    void readsTheReleaseOfPackedOnesAndOfDistributions(String said, int major, int minor) {
        assertThat(MediaExaminer.release(said))
                .hasValueSatisfying(release -> assertThat(release).containsExactly(major, minor));
    }

    @Test
    void aBuildBetweenReleasesIsNotJudged() {
        assertThat(MediaExaminer.release("ffprobe version N-118-g0123abc Copyright (c)"))
                .isEmpty();
    }

    /** What a script starts is not among what FFmpeg is shown in a sandbox, so that there it does not work. */
    @Test
    void saysThatFfmpegSeesTheWholeMachineUnlessThatIsMeant(@TempDir Path folder) throws IOException {
        script(folder.resolve("ffmpeg"), TestMedia.PROGRAMS.ffmpeg().toAbsolutePath());
        script(folder.resolve("ffprobe"), TestMedia.PROGRAMS.ffprobe().toAbsolutePath());

        assertThat(notes(folder, "true")).containsExactly("ffmpeg-sandbox");
        assertThat(notes(folder, "false")).isEmpty();
    }

    private static void script(Path file, Path program) throws IOException {
        Files.writeString(file, "#!/bin/sh\nLD_LIBRARY_PATH=" + program.getParent() + " exec " + program + " \"$@\"\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static List<String> notes(Path folder, String sandbox) throws IOException {
        Files.writeString(folder.resolve(".env"), "FFMPEG_PATH=" + folder + "\nFFMPEG_SANDBOX=" + sandbox + "\n");
        Home home = new Home(folder.resolve(".tldr"));
        Patient patient = Patient.of(home, SettingSources.read(Map.of(), home.dotEnv()));
        return new Doctor(patient, Limits.USUAL)
                .examine(Set.of("ffmpeg-sandbox", "ffmpeg-old")).findings().stream()
                        .map(finding -> finding.check().id())
                        .toList();
    }
}
