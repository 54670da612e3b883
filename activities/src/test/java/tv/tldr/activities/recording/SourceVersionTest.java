package tv.tldr.activities.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceVersionTest {
    private static final String CHANGED = "Mon, 01 Jun 2026 10:00:00 GMT";

    @Test
    void isKnownByAStrongTag() {
        SourceVersion version = SourceVersion.of(headers("ETag", "\"a\"", "Content-Length", "10"));

        assertThat(version).isEqualTo(new SourceVersion("\"a\"", 10));
        assertThat(version.isKnown()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"10:00:59, false", "10:01:00, true", "11:00:00, true", "09:00:00, false"})
    void isKnownByADateThatIsWellPast(String now, boolean known) {
        HttpHeaders headers =
                headers("ETag", "W/\"a\"", "Last-Modified", CHANGED, "Date", "Mon, 01 Jun 2026 " + now + " GMT");

        assertThat(SourceVersion.of(headers).isKnown()).isEqualTo(known);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes 4-9/10 | \"a\" | true",
                "bytes 4-9/*  | \"a\" | true",
                "bytes 4-9/10 |       | true",
                "bytes 4-7/10 | \"a\" | true",
                "bytes 4-9/10 | \"b\" | false",
                "bytes 4-9/10 | W/\"a\" | false",
                "bytes 4-9/11 | \"a\" | false",
                "bytes 3-9/10 | \"a\" | false",
                "bytes 0-9/10 | \"a\" | false",
                "bytes */10   | \"a\" | false",
                "             | \"a\" | false",
            })
    void goesOnOnlyWithTheNextByteOfTheSameContent(String range, String tag, boolean goesOn) {
        HttpHeaders part = new DefaultHttpHeaders();
        if (range != null) {
            part.set("Content-Range", range);
        }
        if (tag != null) {
            part.set("ETag", tag);
        }

        assertThat(new SourceVersion("\"a\"", 10).goesOn(part, 4)).isEqualTo(goesOn);
    }

    @Test
    void goesOnWithADateOnlyIfItIsTheSame() {
        SourceVersion version = new SourceVersion(CHANGED, -1);

        assertThat(version.goesOn(headers("Content-Range", "bytes 4-9/10", "Last-Modified", CHANGED), 4))
                .isTrue();
        assertThat(version.goesOn(
                        headers("Content-Range", "bytes 4-9/10", "Last-Modified", "Mon, 01 Jun 2026 10:00:01 GMT"), 4))
                .isFalse();
    }

    @Test
    void learnsTheSizeFromAPartThatTellsIt() {
        SourceVersion unsized = new SourceVersion("\"a\"", -1);

        assertThat(unsized.sizedBy(headers("Content-Range", "bytes 4-7/10")).isMore(8))
                .isTrue();
        assertThat(unsized.sizedBy(headers("Content-Range", "bytes 4-7/*"))).isEqualTo(unsized);
    }

    private static HttpHeaders headers(String... namesAndValues) {
        HttpHeaders headers = new DefaultHttpHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.set(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }
}
