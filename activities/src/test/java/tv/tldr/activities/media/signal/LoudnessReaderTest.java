package tv.tldr.activities.media.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tv.tldr.activities.media.signal.LoudnessReader.Loudness;

class LoudnessReaderTest {
    @Test
    void tellsTheMiddleOfThe400MillisecondsThatWereHeard() throws IOException {
        List<Loudness> heard = read(0, "frame:3    pts:16000   pts_time:1\nlavfi.r128.M=-23.412\n");

        assertThat(heard).hasSize(1);
        assertThat(heard.getFirst().lufs()).isEqualTo(-23.412);
        // The block ends at 1.1 s and was heard with the 300 ms before it.
        assertThat(heard.getFirst().middle()).isCloseTo(0.9, within(1e-9));
    }

    @Test
    void staysExactLateInAStreamWhereTheRoundedTimeIsNot() throws IOException {
        List<Loudness> heard = read(95_443.7, "frame:0 pts:1527116800 pts_time:95444.8\nlavfi.r128.M=-20\n");

        assertThat(heard.getFirst().middle()).isCloseTo(1527116800 / 16_000.0 - 95_443.7 - 0.1, within(1e-6));
    }

    @Test
    void takesWhatIsBelowTheGateOrNotANumberAsSilent() throws IOException {
        List<Loudness> heard = read(
                0,
                "frame:0 pts:0 pts_time:0\nlavfi.r128.M=-120.691\nframe:1 pts:1600 pts_time:0.1\nlavfi.r128.M=nan\n");

        assertThat(heard).extracting(Loudness::lufs).containsExactly(-70.0, -70.0);
    }

    @Test
    void leavesOutWhatHasNoTimeAndOtherLines() throws IOException {
        assertThat(read(0, "frame:0 pts:NOPTS pts_time:NOPTS\nlavfi.r128.M=-20\nlavfi.r128.S=-20\n\n"))
                .isEmpty();
    }

    private static List<Loudness> read(double origin, String lines) throws IOException {
        return new LoudnessReader(origin).read(new ByteArrayInputStream(lines.getBytes(StandardCharsets.US_ASCII)));
    }
}
