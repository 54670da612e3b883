package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import tv.tldr.activities.store.TestPostgres;
import tv.tldr.workflows.account.Plan;

/** Two processes of the API, one limit. */
class RateLimitIT {
    private static final Logger log = LoggerFactory.getLogger(RateLimitIT.class);
    private static final String KEYS = "/api/v1/auth/api-keys";
    private static final String CHEAP = "/api/v1/highlight-types";
    /** Of the plan STARTER. */
    private static final int LIMIT = 100;

    private static final Map<String, String> ONLY_ANSWERS =
            Map.of("WORKERS_ENABLED", "false", "SWEEP_ENABLED", "false");
    private static final String DATABASE = TestPostgres.freshDatabaseUrl();
    private static final String NOWHERE = "127.0.0.1:" + TestTemporal.freePort();
    private static final RunningApi api = RunningApi.start(DATABASE, NOWHERE, ONLY_ANSWERS);
    private static final RunningApi other = RunningApi.start(DATABASE, NOWHERE, ONLY_ANSWERS);

    private final Caller caller = api.caller(api.organization(Plan.STARTER), null, "admin");

    @AfterAll
    static void stop() {
        api.close();
        other.close();
    }

    @Test
    void twoProcessesTogetherLetThroughWhatTheLimitAllowsAndAtMostATwentiethMore() throws Exception {
        Caller there = other.as(caller);
        caller.get(CHEAP);
        there.get(CHEAP);
        long begun = System.nanoTime();

        int admitted = 2 + admitted(400, there);

        double seconds = (System.nanoTime() - begun) / 1e9;
        double allowed = LIMIT + seconds * LIMIT / 60;
        log.warn("{} of 402 requests in {} s were let through, {} are allowed", admitted, seconds, allowed);
        assertThat((double) admitted).isBetween(0.9 * LIMIT, 1.05 * allowed);
    }

    private int admitted(int requests, Caller there) throws Exception {
        try (ExecutorService many = Executors.newFixedThreadPool(8)) {
            List<Future<Integer>> answers = IntStream.range(0, requests)
                    .mapToObj(i -> many.submit(
                            () -> (i % 2 == 0 ? caller : there).get(CHEAP).status()))
                    .toList();
            int admitted = 0;
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isIn(200, 429);
                admitted += answer.get() == 200 ? 1 : 0;
            }
            return admitted;
        }
    }

    @Test
    void everyAnswerTellsHowManyAreLeftTheFailedOnesToo() {
        HttpHeaders first = caller.get(CHEAP).headers();
        HttpHeaders second = caller.get("/api/v1/streams/nothing").headers();

        assertThat(first.getFirst("RateLimit-Limit")).isEqualTo(String.valueOf(LIMIT));
        assertThat(first.getFirst("RateLimit-Remaining")).isEqualTo("99");
        assertThat(first.getFirst("RateLimit-Reset")).isEqualTo("1");
        assertThat(second.getFirst("RateLimit-Remaining"))
                .as("a slow machine gets one back meanwhile")
                .isIn("98", "99");
        for (String name : List.of("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")) {
            assertThat(second.getFirst("X-" + name)).isEqualTo(second.getFirst(name));
        }
    }

    @Test
    void aKeyOfASmallLimitIsHeldToItAndItsSisterIsNot() {
        Answer made = caller.post(
                KEYS, "{\"name\": \"small\", \"scopes\": [\"dimensions:read\"], \"requests_per_minute\": 3}");
        Caller small = caller.with(made.text("/secret"));

        List<Answer> answers =
                IntStream.range(0, 4).mapToObj(i -> small.get(CHEAP)).toList();

        assertThat(answers).extracting(Answer::status).containsExactly(200, 200, 200, 429);
        Answer refused = answers.getLast();
        assertThat(refused.text("/code")).isEqualTo("RATE_LIMIT_EXCEEDED");
        assertThat(Integer.parseInt(String.valueOf(refused.headers().getFirst("Retry-After"))))
                .isBetween(1, 20);
        assertThat(refused.headers().getFirst("RateLimit-Limit")).isEqualTo("3");
        assertThat(refused.headers().getFirst("RateLimit-Remaining")).isEqualTo("0");
        assertThat(caller.get(CHEAP).status()).isEqualTo(200);
    }

    @Test
    void aLimitThatAKeyIsGivenLaterCountsOnEveryProcessWithinASecond() {
        Answer made = caller.post(KEYS, "{\"name\": \"later\", \"scopes\": [\"dimensions:read\"]}");
        Caller there = other.as(caller.with(made.text("/secret")));
        assertThat(there.get(CHEAP).headers().getFirst("RateLimit-Limit")).isEqualTo(String.valueOf(LIMIT));

        Answer patched = caller.send(
                HttpMethod.PATCH,
                KEYS + "/" + made.text("/id"),
                Map.of("Content-Type", "application/json"),
                "{\"requests_per_minute\": 2}");

        assertThat(patched.json().path("requests_per_minute").asInt()).isEqualTo(2);
        await().atMost(Duration.ofSeconds(1))
                .until(() -> "2".equals(there.get(CHEAP).headers().getFirst("RateLimit-Limit")));
    }

    @Test
    void aKeyThatIsUsedUpGoesOnWithinASecondOfGettingMore() {
        Answer made = caller.post(
                KEYS, "{\"name\": \"more\", \"scopes\": [\"dimensions:read\"], \"requests_per_minute\": 1}");
        List<Caller> everywhere = Stream.of(caller, other.as(caller))
                .map(process -> process.with(made.text("/secret")))
                .toList();
        everywhere.forEach(process -> process.get(CHEAP));
        assertThat(everywhere).allMatch(process -> process.get(CHEAP).status() == 429);

        for (String limit : List.of("600", "null")) {
            Answer patched = caller.send(
                    HttpMethod.PATCH,
                    KEYS + "/" + made.text("/id"),
                    Map.of("Content-Type", "application/json"),
                    "{\"requests_per_minute\": " + limit + "}");
            assertThat(patched.status()).isEqualTo(200);
            for (Caller process : everywhere) {
                await().atMost(Duration.ofSeconds(1))
                        .until(() -> process.get(CHEAP).status() == 200);
            }
        }
    }

    @Test
    void nobodyIsCountedWithoutALimitOrAKey() {
        Caller unlimited = api.caller("admin");

        assertThat(unlimited.get(CHEAP).headers().getFirst("RateLimit-Limit")).isNull();
        assertThat(api.stranger().get("/health").headers().getFirst("RateLimit-Limit"))
                .isNull();
        assertThat(api.stranger().get(CHEAP).status()).isEqualTo(401);
    }
}
