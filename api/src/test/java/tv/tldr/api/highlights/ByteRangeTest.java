package tv.tldr.api.highlights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.tldr.api.http.UnsatisfiableRange;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-99,0,100",
        "bytes=5-5,5,1",
        "bytes=90-,90,10",
        "bytes=-3,97,3",
        "bytes=-500,0,100",
        "bytes=50-999,50,50"
    })
    void cutsWhatIsAskedToWhatThereIs(String header, long first, long length) {
        assertThat(ByteRange.parse(header, 100)).contains(new ByteRange(first, length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200"})
    void knowsWhatIsNotThere(String header) {
        assertThatThrownBy(() -> ByteRange.parse(header, 100)).isInstanceOf(UnsatisfiableRange.class);
        assertThatThrownBy(() -> ByteRange.parse("bytes=0-", 0)).isInstanceOf(UnsatisfiableRange.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bytes", "bytes=", "bytes=a-b", "lines=1-2", "bytes=5-2", "bytes=0-1,3-4"})
    void passesOverWhatItDoesNotUnderstand(String header) {
        assertThat(ByteRange.parse(header, 100)).isEmpty();
    }

    @Test
    void saysWhereThePartBelongs() {
        assertThat(new ByteRange(90, 10).of(100)).isEqualTo("bytes 90-99/100");
    }
}
