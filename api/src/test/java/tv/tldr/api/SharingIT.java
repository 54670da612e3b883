package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tv.tldr.activities.store.AttemptStore;
import tv.tldr.activities.store.ShareTokens;
import tv.tldr.workflows.highlight.ShareId;

/** Who sees a highlight by a link, how often, and until when? */
class SharingIT {
    private static final Pattern FILE = Pattern.compile("(?:src|poster|href)=\"([^\"]*)\"");

    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller("admin");
    private final Caller stranger = api.stranger();
    private final Sample sample = Sample.completed(api, caller.organization());
    private final String highlight = "/api/v1/highlights/" + sample.highlight(0);

    @Test
    void aStrangerSeesThePlayerAndItsFilesAndIsCountedOnce() {
        caller.send(
                HttpMethod.PATCH,
                highlight,
                Map.of("Content-Type", "application/json"),
                "{\"title\": \"<b>\\\"The\\\" pass</b>\"}");
        Answer made = share("{}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("/url")).startsWith("http://localhost:8000/shared/");
        assertThat(Instant.parse(made.text("/expires_at")))
                .isCloseTo(Instant.now().plus(7, ChronoUnit.DAYS), within(1, ChronoUnit.MINUTES));

        Answer page = stranger.get(path(made));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text())
                .contains("&lt;b&gt;&quot;The&quot; pass&lt;/b&gt;")
                .doesNotContain("<b>", "Download");
        assertThat(page.headers().getFirst("X-Frame-Options")).isNull();
        assertThat(page.headers().getFirst("Content-Security-Policy"))
                .startsWith("default-src 'none'; media-src 'self'")
                .doesNotContain("unsafe", "script");
        assertThat(page.headers().getCacheControl()).isEqualTo("no-store");
        String clip = file(page, "/clip");
        assertThat(stranger.get(clip).body()).isEqualTo(Sample.CLIP);
        Answer part = stranger.get(clip, Map.of("Range", "bytes=100-199"));
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(Sample.CLIP, 100, 200));
        assertThat(part.headers().getCacheControl()).isEqualTo("no-store");
        assertThat(part.headers().getFirst("Content-Disposition")).startsWith("inline");
        assertThat(stranger.get(file(page, "/thumbnail")).status()).isEqualTo(200);
        assertThat(stranger.send(HttpMethod.HEAD, path(made), Map.of(), "").status())
                .isEqualTo(200);
        assertThat(listed().path("views").asInt()).isEqualTo(1);
    }

    @Test
    void nobodyLooksMoreOftenThanAllowedHoweverManyComeAtOnce() {
        Answer made = share("{\"max_views\": 5}");

        List<Integer> statuses = Flux.range(0, 24)
                .flatMap(
                        one -> Flux.just(one)
                                .publishOn(Schedulers.boundedElastic())
                                .map(number -> from(number).status()),
                        12)
                .collectList()
                .blockOptional()
                .orElseThrow();

        assertThat(statuses).filteredOn(status -> status == 200).hasSize(5);
        assertThat(statuses).filteredOn(status -> status == 404).hasSize(19);
        assertThat(listed().path("views").asInt()).isEqualTo(5);
        assertThat(listed().path("status").asString()).isEqualTo("used_up");
        assertThat(stranger.send(HttpMethod.HEAD, path(made), Map.of(), "").status())
                .isEqualTo(404);
        assertThat(caller.get(highlight + "/embed").status()).isEqualTo(409);
    }

    private Answer from(int number) {
        String page = path(caller.get(highlight + "/shares").text("/data/0/url"));
        return stranger.get(page, Map.of("X-Forwarded-For", "198.51.100." + number));
    }

    @Test
    void aRevokedLinkIsVoidAtOnceForThoseWhoAreLookingToo() {
        Answer made = share("{}");
        Answer page = stranger.get(path(made));
        String clip = file(page, "/clip");
        assertThat(stranger.get(clip).status()).isEqualTo(200);
        String link = highlight + "/shares/" + made.text("/id");

        assertThat(caller.send(HttpMethod.DELETE, link, Map.of(), "").status()).isEqualTo(204);

        assertThat(stranger.get(clip).status()).isEqualTo(404);
        assertThat(stranger.get(path(made)).status()).isEqualTo(404);
        assertThat(caller.send(HttpMethod.DELETE, link, Map.of(), "").status()).isEqualTo(404);
        assertThat(listed().path("status").asString()).isEqualTo("revoked");
        assertThat(listed().path("views").asInt()).isEqualTo(1);
        JsonNode told = caller.get("/api/v1/organizations/" + caller.organization() + "/audit-log")
                .json()
                .path("data");
        assertThat(told)
                .extracting(entry -> entry.path("action").asString())
                .containsExactly("share_revoked", "share_created");
        assertThat(told).extracting(entry -> entry.path("target").asString()).containsOnly(made.text("/id"));
    }

    @Test
    void whatWasNeverALinkIsToldFromWhatIsNoneAnyMoreByNobody() {
        Answer unknown = stranger.get("/shared/" + "x".repeat(43));
        Answer expired = share("{}");
        api.owner()
                .sql("UPDATE shares SET expires_at = now() - interval '1 second' WHERE organization_id = :organization")
                .bind("organization", caller.organization().uuid())
                .then()
                .block();
        Answer elsewhere = share("{\"ip_ranges\": [\"203.0.113.0/24\"]}");

        for (Answer closed : List.of(
                stranger.get(path(expired)),
                stranger.get(path(elsewhere)),
                stranger.get(path(elsewhere), Map.of("X-Forwarded-For", "203.0.114.1")))) {
            assertThat(closed.status()).isEqualTo(404);
            assertThat(closed.json().asObject().without(List.of("instance", "request_id")))
                    .isEqualTo(unknown.json().asObject().without(List.of("instance", "request_id")));
        }
        assertThat(stranger.get(path(elsewhere), Map.of("X-Forwarded-For", "203.0.113.7"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theFileIsForThoseAloneWhomTheLinkAllowsItAndCountedWhenItBegins() {
        Answer page = stranger.get(path(share("{\"allow_download\": true}")));
        String download = file(page, "/download");

        Answer whole = stranger.get(download);
        assertThat(whole.body()).isEqualTo(Sample.CLIP);
        assertThat(whole.headers().getFirst("Content-Disposition")).startsWith("attachment");
        assertThat(stranger.get(download, Map.of("Range", "bytes=100-")).status())
                .isEqualTo(206);

        assertThat(listed().path("downloads").asInt()).isEqualTo(1);
        Answer without = stranger.get(path(share("{}")));
        assertThat(stranger.get(file(without, "/clip").replace("/clip", "/download"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aTicketIsGoodForItsLinkAndItsTimeAlone() {
        Answer made = share("{}");
        Answer other = share("{}");
        String clip = file(stranger.get(path(made)), "/clip");
        String ticket = clip.substring(clip.indexOf("ticket=") + 7);
        ShareTokens tokens = api.bean(ShareTokens.class);
        ShareId id = ShareId.parse(made.text("/id"));
        String over = tokens.ticket(id, Instant.now().minusSeconds(1));

        for (String wrong : List.of(
                path(other) + "/clip?ticket=" + ticket,
                path(made) + "/clip?ticket=" + over,
                path(made) + "/clip?ticket=" + ticket.replaceFirst("^[0-9]", "9"),
                path(made) + "/clip?ticket=x",
                path(made) + "/clip")) {
            assertThat(stranger.get(wrong).status()).as(wrong).isEqualTo(404);
        }
        assertThat(stranger.get(path(made) + "/clip?ticket=" + ticket).status()).isEqualTo(200);
        assertThat(stranger.get(path(made) + "/clip?tickets=" + ticket).status())
                .isEqualTo(400);
    }

    @Test
    void theDatabaseDoesNotKnowTheAddress() {
        String token = path(share("{}")).substring("/shared/".length());

        assertThat(api.count(
                        caller.organization(),
                        "SELECT count(*) AS n FROM shares s WHERE organization_id = :organization AND s::text LIKE '%"
                                + token + "%'"))
                .isZero();
        assertThat(api.count(
                        caller.organization(),
                        "SELECT count(*) AS n FROM shares WHERE organization_id = :organization"))
                .isEqualTo(1);
    }

    @Test
    void theSameRequestMakesOneLink() {
        Map<String, String> headers = Map.of(
                "Content-Type",
                "application/json",
                "Idempotency-Key",
                UUID.randomUUID().toString());

        Answer first = caller.send(HttpMethod.POST, highlight + "/share", headers, "{}");
        Answer again = caller.send(HttpMethod.POST, highlight + "/share", headers, "{}");

        assertThat(again.text("/url")).isEqualTo(first.text("/url"));
        assertThat(caller.get(highlight + "/shares").json().path("data")).hasSize(1);
    }

    @Test
    void anotherSiteShowsItInAFrameByTheNewestLinkThatIsGood() {
        assertThat(caller.get(highlight + "/embed").text("/code")).isEqualTo("PROCESSING_ERROR");
        Answer older = share("{}");
        Answer newest = share("{}");

        Answer embed = caller.get(highlight + "/embed?width=320");

        assertThat(embed.text("/share_id")).isEqualTo(newest.text("/id"));
        assertThat(embed.json().path("height").asInt()).isEqualTo(180);
        assertThat(embed.text("/html"))
                .startsWith("<iframe src=\"" + newest.text("/url") + "\" width=\"320\" height=\"180\"")
                .doesNotContain("allow-scripts");
        assertThat(caller.get(highlight + "/embed?share_id=" + older.text("/id"))
                        .text("/url"))
                .isEqualTo(older.text("/url"));
    }

    @Test
    void whatWasSeenIsCountedDayByDayOverAllLinks() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        stranger.get(path(share("{}")));
        Answer page = stranger.get(path(share("{\"allow_download\": true}")));
        stranger.get(file(page, "/download"));

        JsonNode counted = caller.get(highlight + "/analytics").json();

        assertThat(counted.path("days")).hasSize(30);
        assertThat(counted.path("views").asInt()).isEqualTo(2);
        assertThat(counted.path("downloads").asInt()).isEqualTo(1);
        JsonNode last = counted.path("days").path(29);
        assertThat(LocalDate.parse(last.path("date").asString())).isAfterOrEqualTo(today);
        assertThat(last.path("views").asInt()).isEqualTo(2);
        assertThat(caller.get(highlight + "/analytics?from=2026-01-01&to=2026-01-02")
                        .json()
                        .path("days")
                        .toString())
                .isEqualTo("[{\"date\":\"2026-01-01\",\"views\":0,\"downloads\":0},"
                        + "{\"date\":\"2026-01-02\",\"views\":0,\"downloads\":0}]");
        assertThat(caller.get(highlight + "/analytics?from=2026-01-02&to=2026-01-01")
                        .wrongFields())
                .containsExactly("from");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"expires_at\": \"2020-01-01T00:00:00Z\"}|expires_at",
                "{\"expires_at\": \"2999-01-01T00:00:00Z\"}|expires_at",
                "{\"max_views\": 0}|max_views",
                "{\"allow_download\": 1}|allow_download",
                "{\"ip_ranges\": [\"10.1\"]}|ip_ranges[0]",
                "{\"password\": \"x\"}|password"
            })
    void refusesByNameWhatIsNoLink(String body, String field) {
        assertThat(share(body).wrongFields()).containsExactly(field);
    }

    @Test
    void oneAddressAsksSoOftenAndNoMore() {
        String page = path(share("{}"));
        Map<String, String> address = Map.of("X-Forwarded-For", "198.51.100.200");
        api.bean(AttemptStore.class)
                .count("shared links from 198.51.100.200", 1, Duration.ofMinutes(1))
                .repeat(299)
                .blockLast();

        Answer refused = stranger.get(page, address);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers().getFirst("Retry-After")).isNotNull();
        assertThat(stranger.get(page).status()).isEqualTo(200);
    }

    private Answer share(String body) {
        return caller.post(highlight + "/share", body);
    }

    private JsonNode listed() {
        return caller.get(highlight + "/shares").json().at("/data/0");
    }

    private static String path(Answer made) {
        return path(made.text("/url"));
    }

    private static String path(String url) {
        return url.replace("http://localhost:8000", "");
    }

    /** The address of a file that the page names. */
    private static String file(Answer page, String which) {
        Matcher matcher = FILE.matcher(page.text());
        while (matcher.find()) {
            if (matcher.group(1).contains(which)) {
                return "/shared/" + matcher.group(1).replace("&amp;", "&");
            }
        }
        throw new AssertionError("no " + which + " in " + page.text());
    }
}
