package tv.tldr.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.stream.StreamId;

class TypeIdTest {
    /** The example of the TypeID specification. */
    @Test
    void writesTheExampleOfTheSpecification() {
        UUID uuid = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
        assertThat(TypeId.format("prefix", uuid)).isEqualTo("prefix_01h455vb4pex5vsknk084sn02q");
    }

    @Property
    void readsBackWhatItWrote(@ForAll long high, @ForAll long low) {
        StreamId id = new StreamId(new UUID(high, low));
        assertThat(StreamId.parse(id.toString())).isEqualTo(id);
    }

    @Property
    void textsSortLikeTheirTimes(@ForAll int earlier, @ForAll long randomHigh, @ForAll long randomLow) {
        long millis = Math.abs((long) earlier);
        String first = TypeId.format("evt", TypeId.version7(millis, randomHigh, randomLow));
        String second = TypeId.format("evt", TypeId.version7(millis + 1, randomLow, randomHigh));
        assertThat(first).isLessThan(second);
    }

    @Property
    void marksVersionAndVariant(@ForAll long randomHigh, @ForAll long randomLow) {
        UUID uuid = TypeId.version7(1_700_000_000_000L, randomHigh, randomLow);
        assertThat(uuid.version()).isEqualTo(7);
        assertThat(uuid.variant()).isEqualTo(2);
    }

    @Test
    void refusesOtherPrefixesLengthsAndLetters() {
        assertThatThrownBy(() -> StreamId.parse("hl_01h455vb4pex5vsknk084sn02q"))
                .hasMessageContaining("stream_");
        assertThatThrownBy(() -> StreamId.parse("stream_01h455vb4pex5vsknk084sn02"))
                .hasMessageContaining("stream_");
        assertThatThrownBy(() -> StreamId.parse("stream_01h455vb4pex5vsknk084sn02u"))
                .hasMessageContaining("stream_");
        assertThatThrownBy(() -> StreamId.parse("stream_81h455vb4pex5vsknk084sn02q"))
                .hasMessageContaining("stream_");
    }
}
