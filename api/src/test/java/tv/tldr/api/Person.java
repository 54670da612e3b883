package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import tv.tldr.activities.store.MemberStore;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Role;
import tv.tldr.workflows.account.UserId;

/** Somebody with an account, and what they hold. */
final class Person {
    static final String PASSWORD = "nine rainy days in May";
    private static final String AUTH = "/api/v1/auth";

    private final RunningApi api;
    private final Caller stranger;
    private final String address;
    private final String email;
    private Answer tokens;
    private @Nullable OrganizationId former;

    private Person(RunningApi api, String email, Answer tokens, String address) {
        this.api = api;
        this.stranger = api.stranger();
        this.email = email;
        this.tokens = tokens;
        this.address = address;
    }

    /** Somebody new with an organization of their own, from an address of their own. */
    static Person register(RunningApi api) {
        String email = "p" + UUID.randomUUID() + "@example.com";
        String address = address();
        Answer tokens = api.stranger()
                .send(
                        HttpMethod.POST,
                        AUTH + "/register",
                        headers(address),
                        "{\"email\": \"%s\", \"password\": \"%s\", \"name\": \"Ada\", \"organization_name\": \"Example\"}"
                                .formatted(email, PASSWORD));
        return new Person(api, email, tokens, address);
    }

    /** Somebody in {@code organization}, who works there. */
    static Person in(RunningApi api, OrganizationId organization, Role role) {
        Person person = register(api);
        api.bean(MemberStore.class).add(organization, person.id(), role).block();
        person.tokens = person.refresh(organization.toString());
        return person;
    }

    /** The same, in an organization without limits. */
    Person unlimited() {
        api.owner()
                .sql("UPDATE organizations SET plan = 'enterprise' WHERE id = :id")
                .bind("id", organization().uuid())
                .then()
                .block();
        return this;
    }

    /** The same, whose only organization is gone, with the tokens that a refresh gives them. */
    Person outside() {
        Caller before = caller();
        former = organization();
        Answer gone = before.send(
                HttpMethod.DELETE,
                "/api/v1/organizations/" + former,
                Map.of("Content-Type", "application/json"),
                "{\"name\": \"Example\"}");
        assertThat(gone.status()).as(gone.toString()).isEqualTo(204);
        await().atMost(Duration.ofSeconds(1))
                .until(() -> before.get("/api/v1/users/me").status() == 401);
        refresh();
        assertThat(tokens.status()).as(tokens.toString()).isEqualTo(200);
        assertThat(tokens.json().path("role").isNull()).isTrue();
        return this;
    }

    static String address() {
        UUID random = UUID.randomUUID();
        return String.format(
                Locale.ROOT,
                "10.%d.%d.%d",
                random.hashCode() & 255,
                random.hashCode() >> 8 & 255,
                random.hashCode() >> 16 & 255);
    }

    static Map<String, String> headers(String address) {
        return Map.of("Content-Type", "application/json", "X-Forwarded-For", address);
    }

    String email() {
        return email;
    }

    Answer tokens() {
        return tokens;
    }

    UserId id() {
        return UserId.parse(tokens.text("/user_id"));
    }

    OrganizationId organization() {
        return OrganizationId.parse(tokens.text("/organization_id"));
    }

    /** With the newest access token. */
    Caller caller() {
        return new Caller(
                api.port(), tokens.text("/access_token"), Objects.requireNonNullElseGet(former, this::organization));
    }

    Answer login(String password) {
        return post("/login", "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password));
    }

    void signIn() {
        tokens = login(PASSWORD);
    }

    /** The next pair, which is not kept. */
    Answer refresh(String organization) {
        return post(
                "/refresh",
                organization.isEmpty()
                        ? "{\"refresh_token\": \"%s\"}".formatted(tokens.text("/refresh_token"))
                        : "{\"refresh_token\": \"%s\", \"organization_id\": \"%s\"}"
                                .formatted(tokens.text("/refresh_token"), organization));
    }

    void refresh() {
        tokens = refresh("");
    }

    /** As a stranger, from this person's address. */
    Answer post(String path, String json) {
        return stranger.send(HttpMethod.POST, AUTH + path, headers(address), json);
    }
}
