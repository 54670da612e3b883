package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tv.tldr.activities.store.FileLink;
import tv.tldr.activities.store.FileLink.Kind;
import tv.tldr.activities.store.FileLinks;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.highlight.HighlightId;

/** Files by signed paths: without any key, for a time, until the organization changes its key. */
class SignedFilesIT {
    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller("admin");
    private final Sample sample = Sample.completed(api, caller.organization());
    private final Caller anybody = api.stranger();
    private final String keys = "/api/v1/organizations/" + caller.organization() + "/link-key";

    @Test
    void whoeverHasThePathHasTheFileAndPartsOfIt() {
        String path = clip();

        assertThat(anybody.get(path).body()).isEqualTo(Sample.CLIP);
        Answer part = anybody.get(path, Map.of("Range", "bytes=2-5"));
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(Sample.CLIP, 2, 6));
        assertThat(anybody.send(HttpMethod.HEAD, path, Map.of(), "").status()).isEqualTo(200);
        assertThat(path).as("it is the same for an hour").isEqualTo(clip());
        assertThat(anybody.get(path).headers().getFirst("Content-Type")).isEqualTo("video/mp4");
    }

    @Test
    void everyListAndExportHasThem() {
        String one = caller.get("/api/v1/highlights/" + sample.highlight(0)).text("/clip_url");

        assertThat(List.of(
                        caller.get("/api/v1/streams/" + sample.stream().streamId() + "/highlights"),
                        caller.get("/api/v1/highlights"),
                        caller.post("/api/v1/highlights/export", "{\"format\": \"json\"}")))
                .allSatisfy(list -> assertThat(list.json().path("data").valueStream())
                        .anySatisfy(highlight -> assertThat(
                                        highlight.path("clip_url").asString())
                                .isEqualTo(one)));
    }

    @Test
    void aChangedPathLeadsNowhere() {
        String path = clip();
        String link = path.substring("/files/".length());
        for (int i = 0; i < link.length(); i++) {
            char other = link.charAt(i) == 'A' ? 'B' : 'A';
            isClosed("/files/" + link.substring(0, i) + other + link.substring(i + 1));
        }
        isClosed(path + "A");
        isClosed("/files/" + link.substring(1));
        isClosed("/files/%20");
    }

    @Test
    void aPathWhoseTimeIsOverLeadsNowhere() {
        isServed(
                signed(caller.organization(), sample.highlight(0), Instant.now().plus(Duration.ofMinutes(1))));
        isClosed(
                signed(caller.organization(), sample.highlight(0), Instant.now().minusSeconds(2)));
    }

    @Test
    void noKeyIsGoodForWhatAnotherOrganizationHas() {
        OrganizationId other = api.caller().organization();

        isClosed(signed(other, sample.highlight(0), Instant.now().plus(Duration.ofMinutes(1))));
    }

    @Test
    void theNextKeyLetsThePathsOfTheLastOneBeGoodForAWhile() {
        String first = clip();
        assertThat(caller.get(keys).text("/number")).isEqualTo("1");

        Answer rotated = caller.post(keys + "/rotate", "{}");

        assertThat(rotated.status()).as(rotated.json().toString()).isEqualTo(200);
        assertThat(rotated.text("/number")).isEqualTo("2");
        assertThat(caller.get(keys).json()).isEqualTo(rotated.json());
        String second = clip();
        assertThat(second).isNotEqualTo(first);
        isServed(first);
        isServed(second);

        caller.post(keys + "/rotate", "{\"overlap_seconds\": 3600}");

        isClosed(first);
        isServed(second);
        isServed(clip());
    }

    @Test
    void withoutAnOverlapAllPathsAreVoidAtOnceAndItIsWrittenDown() {
        String path = clip();

        caller.post(keys + "/rotate", "{\"overlap_seconds\": 0}");

        isClosed(path);
        isServed(clip());
        assertThat(caller.get("/api/v1/organizations/" + caller.organization() + "/audit-log?action=link_key_rotated")
                        .json()
                        .path("data"))
                .singleElement()
                .satisfies(
                        entry -> assertThat(entry.at("/details/overlap_seconds").asInt(-1))
                                .isZero());
    }

    @Test
    void theSameRequestChangesTheKeyOnce() {
        Map<String, String> again = Map.of("Idempotency-Key", "once", "Content-Type", "application/json");

        Answer first = caller.send(HttpMethod.POST, keys + "/rotate", again, "{}");
        Answer second = caller.send(HttpMethod.POST, keys + "/rotate", again, "{}");

        assertThat(second.json()).isEqualTo(first.json());
        assertThat(caller.get(keys).text("/number")).isEqualTo("2");
    }

    private String clip() {
        return caller.get("/api/v1/highlights/" + sample.highlight(0)).text("/clip_url");
    }

    private String signed(OrganizationId organization, HighlightId highlight, Instant until) {
        return "/files/" + api.bean(FileLinks.class).sign(new FileLink(organization, highlight, Kind.CLIP, 1, until));
    }

    private void isServed(String path) {
        assertThat(anybody.get(path).status()).isEqualTo(200);
    }

    private void isClosed(String path) {
        Answer answer = anybody.get(path);
        assertThat(answer.status()).as(path).isEqualTo(404);
        assertThat(answer.text("/code")).isEqualTo("RESOURCE_NOT_FOUND");
    }
}
