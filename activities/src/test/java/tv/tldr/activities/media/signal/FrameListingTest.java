package tv.tldr.activities.media.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameListingTest {
    private static final String HEADER = "#software: Lavf62\n#tb 0: 1/15360\n#media_type 0: video\n";

    @Test
    void tellsTimeDurationSizeAndKeyframes() throws IOException {
        List<Listed> listed = read(0, """
                0,      -1024,          0,      512,    13977, 0x8355f64b
                0,       -512,      15360,      512,      547, 0xb83dd351, F=0x0
                """);

        assertThat(listed).containsExactly(new Listed(0, 1 / 30.0, 13977, true), new Listed(1, 1 / 30.0, 547, false));
    }

    @Test
    void countsStreamTimeFromTheOrigin() throws IOException {
        List<Listed> listed = read(-0.5, "0, 0, 7680, 512, 10, 0x0\n");

        assertThat(listed).extracting(Listed::time).containsExactly(1.0);
    }

    @Test
    void takesTheKeyFlagFromAmongOtherFlags() throws IOException {
        List<Listed> listed = read(0, """
                0, 0, 0, 1, 10, 0x0, F=0x5, S=1, 4, 0x00
                0, 1, 1, 1, 10, 0x0, F=0x10, S=1, 4, 0x00
                """);

        assertThat(listed).extracting(Listed::key).containsExactly(true, false);
    }

    @Test
    void fallsBackToTheTimeOfDecodingAndLeavesOutPacketsWithoutAnyTime() throws IOException {
        List<Listed> listed = read(0, """
                0, 15360, -9223372036854775808, 1, 10, 0x0
                0, -9223372036854775808, -9223372036854775808, 1, 10, 0x0
                """);

        assertThat(listed).extracting(Listed::time).containsExactly(1.0);
    }

    @Test
    void readsALineThatBreaksOffAsNothing() throws IOException {
        assertThat(read(0, "0, 0, 0, 1, 10, 0x0\n0, 1,")).hasSize(1);
    }

    @Test
    void findsNothingInAFileThatWasNeverWritten() throws IOException {
        assertThat(FrameListing.read(Path.of("no", "such", "listing"), 0)).isEmpty();
    }

    private static List<Listed> read(double origin, String lines) throws IOException {
        return FrameListing.read(new BufferedReader(new StringReader(HEADER + lines)), origin);
    }
}
