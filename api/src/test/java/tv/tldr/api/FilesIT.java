package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.activities.storage.ObjectStore;

class FilesIT {
    private static final int SIZE = Sample.CLIP.length;

    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller("admin");
    private final Sample sample = Sample.completed(api, caller.organization());
    private final String clip = "/api/v1/highlights/" + sample.highlight(0) + "/clip";

    @Test
    void servesTheWholeClip() {
        Answer answer = caller.get(clip);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(Sample.CLIP);
        assertThat(answer.headers().getFirst("Content-Type")).isEqualTo("video/mp4");
        assertThat(answer.headers().getFirst("Accept-Ranges")).isEqualTo("bytes");
        assertThat(answer.headers().getFirst("Content-Disposition")).contains(sample.highlight(0) + ".mp4");
        assertThat(answer.headers().getCacheControl()).contains("private");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,0,1",
        "bytes=100-199,100,100",
        "bytes=199990-,199990,10",
        "bytes=-5,199995,5",
        "bytes=199999-900000,199999,1"
    })
    void servesTheBytesThatAPlayerAsksFor(String range, int first, int length) {
        Answer answer = caller.get(clip, Map.of("Range", range));

        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(Sample.CLIP, first, first + length));
        assertThat(answer.headers().getFirst("Content-Range"))
                .isEqualTo("bytes " + first + "-" + (first + length - 1) + "/" + SIZE);
    }

    @ParameterizedTest
    @CsvSource({"bytes=200000-", "bytes=200000-200001"})
    void saysWhichBytesThereAre(String range) {
        Answer answer = caller.get(clip, Map.of("Range", range));

        assertThat(answer.status()).isEqualTo(416);
        assertThat(answer.headers().getFirst("Content-Range")).isEqualTo("bytes */" + SIZE);
        assertThat(answer.headers().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer.text("/detail")).contains(SIZE + " bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"bytes=x", "seconds=1-2", "bytes=0-1,5-6"})
    void passesOverARangeThatItDoesNotUnderstand(String range) {
        assertThat(caller.get(clip, Map.of("Range", range)).body()).hasSize(SIZE);
    }

    @Test
    void sendsNothingTwice() {
        String etag = Objects.requireNonNull(caller.get(clip).headers().getETag());

        assertThat(caller.get(clip, Map.of("If-None-Match", etag)).status()).isEqualTo(304);
        assertThat(caller.get(clip, Map.of("If-None-Match", "\"x\", W/" + etag)).status())
                .isEqualTo(304);
        assertThat(caller.get(clip, Map.of("If-None-Match", "no tag")).status()).isEqualTo(200);
        assertThat(caller.get(clip, Map.of("Range", "bytes=0-9", "If-Range", etag))
                        .status())
                .isEqualTo(206);
        assertThat(caller.get(clip, Map.of("Range", "bytes=0-9", "If-Range", "\"old\""))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void tellsTheSizeWithoutTheContent() {
        Answer answer = caller.send(HttpMethod.HEAD, clip, Map.of(), "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().getContentLength()).isEqualTo(SIZE);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void servesTheThumbnailWhereThereIsOne() {
        assertThat(caller.get(thumbnail(0)).headers().getFirst("Content-Type")).isEqualTo("image/jpeg");
        assertThat(caller.get(thumbnail(2)).status()).isEqualTo(404);
    }

    @Test
    void saysThatAFileIsGone() {
        api.bean(ObjectStore.class).delete(ObjectKeys.clip(sample.stream(), sample.highlight(1), 1));

        Answer answer = caller.get("/api/v1/highlights/" + sample.highlight(1) + "/clip");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("/code")).isEqualTo("RESOURCE_NOT_FOUND");
    }

    private String thumbnail(int highlight) {
        return "/api/v1/highlights/" + sample.highlight(highlight) + "/thumbnail";
    }
}
