package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamListIT {
    private static final String STREAMS = "/api/v1/streams";

    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller("admin");

    @Test
    void showsEachStreamOnceNewestFirstWhileOthersAreAdded() {
        List<String> submitted = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            submitted.add(caller.submitted());
        }
        Collections.reverse(submitted);
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = caller.get(STREAMS + "?limit=2" + cursor);
            seen.addAll(ids(page));
            cursor = page.json().path("has_more").asBoolean() ? "&cursor=" + page.text("/next_cursor") : "";
            caller.submitted();
        } while (!cursor.isEmpty());

        assertThat(seen).isEqualTo(submitted);
    }

    @Test
    void filtersByStatusPlatformAndTime() {
        String id = caller.submitted();
        Instant created = Instant.parse(caller.get(STREAMS + "/" + id).text("/created_at"));

        assertThat(ids(caller.get(STREAMS + "?platform=file"))).containsExactly(id);
        assertThat(ids(caller.get(STREAMS + "?platform=twitch"))).isEmpty();
        assertThat(ids(caller.get(STREAMS + "?status=completed"))).isEmpty();
        assertThat(ids(caller.get(STREAMS + "?created_after=" + created.minusSeconds(1))))
                .containsExactly(id);
        assertThat(ids(caller.get(STREAMS + "?created_after=" + created))).isEmpty();
        assertThat(ids(caller.get(STREAMS + "?created_before=" + created))).isEmpty();
        assertThat(ids(caller.get(STREAMS + "?created_before=" + created.plusSeconds(1))))
                .containsExactly(id);
        assertThat(ids(caller.get(STREAMS + "?is_live=false"))).containsExactly(id);
        assertThat(ids(caller.get(STREAMS + "?is_live=true"))).isEmpty();
    }

    @Test
    void sortsTheOtherWayRoundOnRequest() {
        List<String> submitted = List.of(caller.submitted(), caller.submitted(), caller.submitted());

        Answer first = caller.get(STREAMS + "?sort=created_at&order=asc&limit=2");
        Answer second = caller.get(STREAMS + "?order=asc&limit=2&cursor=" + first.text("/next_cursor"));

        assertThat(ids(first)).isEqualTo(submitted.subList(0, 2));
        assertThat(ids(second)).isEqualTo(submitted.subList(2, 3));
        assertThat(caller.get(STREAMS + "?cursor=" + first.text("/next_cursor")).wrongFields())
                .containsExactly("cursor");
    }

    @Test
    void showsNothingOfOtherOrganizations() {
        caller.submitted();

        assertThat(ids(api.caller("admin").get(STREAMS))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=101",
                "limit=x",
                "limit=",
                "limit=1&limit=2",
                "status=done",
                "status=PENDING",
                "platform=vimeo",
                "is_live=1",
                "sort=status",
                "order=up",
                "created_before=x",
                "created_after=yesterday",
                "created_after=2026-01-31",
                "statuss=failed",
                "created_after=-999999999-01-01T00:00:00Z",
                "cursor=",
                "cursor=x",
                "cursor=%00"
            })
    void refusesAParameterThatMeansNothing(String query) {
        Answer answer = caller.get(STREAMS + "?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.wrongFields()).containsExactly(query.replaceFirst("=.*", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "streams",
                "streams|2026-01-31T00:00:00Z",
                "streams|2026-01-31T00:00:00Z|nobody",
                "streams|+1000000000-12-31T23:59:59Z|00000000-0000-0000-0000-000000000000",
                "highlights-by-confidence|0.5|00000000-0000-0000-0000-000000000000"
            })
    void refusesACursorThatWasForged(String text) {
        String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        Answer answer = caller.get(STREAMS + "?cursor=" + cursor);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.wrongFields()).containsExactly("cursor");
    }

    private static List<String> ids(Answer page) {
        return page.json()
                .path("data")
                .valueStream()
                .map(stream -> stream.path("id").asString())
                .toList();
    }
}
