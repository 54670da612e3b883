package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import tv.tldr.api.http.ErrorCode;

class DocumentationIT {
    /** Pages for people, which a description for programs does not hold. */
    private static final String TUS = "/api/v1/uploads/{id}";

    private static final Set<String> PAGES = Set.of(
            "get /",
            "get /docs",
            "get /docs/start.js",
            "get /docs/errors",
            "get /docs/account.js",
            "get /verify-email",
            "get /reset-password",
            "get /accept-invitation");

    private final RunningApi api = RunningApi.shared();
    private final Caller stranger = api.stranger();

    @Test
    void theDescriptionNamesExactlyTheRoutesThatExist() {
        Set<String> real = new TreeSet<>();
        api.context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternsCondition()
                        .getPatterns()
                        .forEach(pattern -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> real.add(
                                        method.name().toLowerCase(Locale.ROOT) + " " + pattern.getPatternString()))));
        real.removeAll(PAGES);
        // The actuator's page is mapped by a handler of its own.
        real.add("get /metrics");
        // Whatever answers GET answers HEAD; described is the one that a protocol asks for.
        assertThat(real).contains("get " + TUS);
        real.add("head " + TUS);
        Set<String> described = new TreeSet<>();
        Contract.INSTANCE.document().path("paths").propertyStream().forEach(path -> path.getValue()
                .propertyNames()
                .forEach(method -> described.add(method + " " + path.getKey())));

        assertThat(real).isEqualTo(described);
    }

    @Test
    void isServedToAnybody() {
        assertThat(stranger.get("/openapi.json").json()).isEqualTo(Contract.INSTANCE.document());
        assertThat(stranger.get("/").headers().getFirst("Location")).isEqualTo("/docs");
    }

    @Test
    void thePageBringsAllThatItNeeds() {
        String page = stranger.get("/docs").text();

        assertThat(page).doesNotContain("http://").doesNotContain("https://");
        for (String part : new String[] {
            "/webjars/swagger-ui/swagger-ui.css", "/webjars/swagger-ui/swagger-ui-bundle.js", "/docs/start.js"
        }) {
            assertThat(page).contains(part);
            assertThat(stranger.get(part).status()).as(part).isEqualTo(200);
        }
    }

    @Test
    void theLinksOfMailsLeadToAPageThatGoesOnFromThere() {
        for (String link : new String[] {"/verify-email", "/reset-password", "/accept-invitation"}) {
            Answer page = stranger.get(link);
            assertThat(page.status()).as(link).isEqualTo(200);
            assertThat(page.text()).contains("/docs/account.js").doesNotContain("https://");
            assertThat(stranger.get("/docs/account.js").text()).contains("'" + link + "'");
        }
    }

    @Test
    void everyErrorCodeIsExplained() {
        String page = stranger.get("/docs/errors").text();

        assertThat(Arrays.stream(ErrorCode.values()).map(code -> "id=\"" + code + "\""))
                .allSatisfy(anchor -> assertThat(page).contains(anchor));
    }

    @Test
    void everyStatusThatACodeComesWithIsOnThePageOfErrors() {
        String page = stranger.get("/docs/errors").text();

        assertThat(Contract.INSTANCE.document().findParents("request_id"))
                .filteredOn(problem -> problem.path("status").isInt())
                .hasSizeGreaterThan(20)
                .allSatisfy(problem -> assertThat(page)
                        .containsPattern("<dt id=\"%1$s\">%1$s · ([0-9]+, )*%2$d\\b"
                                .formatted(
                                        problem.path("code").asString(),
                                        problem.path("status").asInt())));
    }
}
