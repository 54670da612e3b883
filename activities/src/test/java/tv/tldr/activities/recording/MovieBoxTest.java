package tv.tldr.activities.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MovieBoxTest {
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    @Test
    void theDescriptionInFrontIsFoundWhereItIs() {
        box("ftyp", 24, 24).box("moov", 500_000, 100);

        assertThat(MovieBox.find(file.toByteArray(), 9_000_000)).hasValue(new MovieBox(24, 500_024));
    }

    @Test
    void theDescriptionBehindEverythingIsLookedForWhereTheContentEnds() {
        box("ftyp", 24, 24).box("free", 8, 8).box("mdat", 8_000_000, 100);

        assertThat(MovieBox.find(file.toByteArray(), 9_000_000)).hasValue(new MovieBox(8_000_032, 9_000_000));
    }

    @Test
    void contentOfMoreThanFourGigabytesHasItsSizeElsewhere() {
        box("ftyp", 24, 24);
        file.writeBytes(ByteBuffer.allocate(100)
                .putInt(1)
                .put("mdat".getBytes(StandardCharsets.US_ASCII))
                .putLong(5_000_000_000L)
                .array());

        assertThat(MovieBox.find(file.toByteArray(), 5_100_000_000L))
                .hasValue(new MovieBox(5_000_000_024L, 5_100_000_000L));
    }

    @Test
    void otherFilesAndNonsenseHaveNone() {
        assertThat(MovieBox.find(new byte[100], 100)).isEmpty();
        assertThat(MovieBox.find(new byte[3], 3)).isEmpty();
        assertThat(MovieBox.find(ByteBuffer.allocate(64).putInt(0x1A45DFA3).array(), 64))
                .isEmpty();
        box("ftyp", 24, 24).box("mdat", 8_000_000, 100);
        assertThat(MovieBox.find(file.toByteArray(), 7_000_000)).isEmpty();
    }

    private MovieBoxTest box(String name, int size, int present) {
        file.writeBytes(ByteBuffer.allocate(present)
                .putInt(size)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .array());
        return this;
    }
}
