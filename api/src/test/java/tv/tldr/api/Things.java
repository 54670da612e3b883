package tv.tldr.api;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tv.tldr.activities.store.FreshUuid;
import tv.tldr.activities.store.MemberStore;
import tv.tldr.activities.store.UserStore;
import tv.tldr.workflows.TypeId;
import tv.tldr.workflows.account.Role;
import tv.tldr.workflows.account.UserId;
import tv.tldr.workflows.event.DeliveryId;
import tv.tldr.workflows.event.WebhookId;

/** What does a path of the API's description name? Something of an organization of each kind, for whoever calls all operations. */
record Things(RunningApi api, Caller owner, Sample sample) {
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z_]+)}");

    /** An id for each parameter of the path, of something that the owner has and that may be deleted. */
    Map<String, String> ids(String template) {
        Map<String, String> ids = new LinkedHashMap<>();
        Matcher matcher = PARAMETER.matcher(template);
        while (matcher.find()) {
            String parameter = matcher.group(1);
            ids.put(
                    parameter,
                    switch (parameter) {
                        case "type_id" -> "big_moment";
                        case "delivery_id" -> delivery(ids.get("id"));
                        default -> id(prefix(template, parameter));
                    });
        }
        return ids;
    }

    private String id(String prefix) {
        return switch (prefix) {
            case "stream" -> sample.stream().streamId().toString();
            case "hl" -> sample.highlight(0).toString();
            case "batch" ->
                owner.post(
                                "/api/v1/batches",
                                "{\"streams\": [{\"source_url\": \"https://media.example.com/%s.mp4\"}]}"
                                        .formatted(UUID.randomUUID()))
                        .text("/id");
            case "org" -> owner.organization().toString();
            case "key" ->
                owner.post("/api/v1/auth/api-keys", "{\"name\": \"thing\", \"scopes\": [\"streams:read\"]}")
                        .text("/id");
            case "inv" ->
                owner.post(
                                "/api/v1/organizations/" + owner.organization() + "/invitations",
                                "{\"email\": \"i%s@example.com\", \"role\": \"VIEWER\"}".formatted(UUID.randomUUID()))
                        .text("/id");
            case "usr" -> member();
            // It has the type big_moment.
            case "dset" ->
                owner.post(
                                "/api/v1/dimension-sets",
                                body("post", "/api/v1/dimension-sets").orElseThrow())
                        .text("/id");
            case "share" ->
                owner.post("/api/v1/highlights/" + sample.highlight(0) + "/share", "{}")
                        .text("/id");
            case "token" ->
                owner.post("/api/v1/highlights/" + sample.highlight(0) + "/share", "{}")
                        .text("/url")
                        .replaceFirst(".*/", "");
            case "link" ->
                owner.get("/api/v1/highlights/" + sample.highlight(0))
                        .text("/clip_url")
                        .replaceFirst(".*/", "");
            case "whk" ->
                owner.post(
                                "/api/v1/webhooks",
                                "{\"url\": \"https://hooks.example.com/tldr\", \"events\": [\"batch.*\"]}")
                        .text("/id");
            case "marker" ->
                owner.post(
                                "/api/v1/streams/" + sample.stream().streamId() + "/markers",
                                "{\"markers\": [{\"time\": %s, \"kind\": \"goal\"}]}"
                                        .formatted(
                                                Math.floorMod(UUID.randomUUID().hashCode(), 60_000) / 1000.0))
                        .text("/data/0/id");
            case "upl" ->
                String.valueOf(call(owner, "post", "/api/v1/uploads", Map.of())
                                .headers()
                                .getFirst("Location"))
                        .replaceFirst(".*/", "");
            default -> throw new IllegalArgumentException("nothing of the kind " + prefix);
        };
    }

    /** Of an event that is made up. */
    private String delivery(@Nullable String webhook) {
        return api.owner()
                .sql("""
                        WITH next AS (
                            UPDATE organizations SET event_sequence = event_sequence + 1 WHERE id = :organization
                            RETURNING event_sequence
                        ), told AS (
                            INSERT INTO events (organization_id, sequence, id, type, data, created_at)
                            SELECT :organization, event_sequence, :event, 'batch.completed', '{}', now() FROM next
                        )
                        SELECT delivery_id(:event, :webhook) AS id
                        """)
                .bind("organization", owner.organization().uuid())
                .bind("event", FreshUuid.next())
                .bind(
                        "webhook",
                        WebhookId.parse(Objects.requireNonNull(webhook)).uuid())
                .map(row -> new DeliveryId(Objects.requireNonNull(row.get("id", UUID.class))).toString())
                .one()
                .blockOptional()
                .orElseThrow();
    }

    private String member() {
        return api.bean(UserStore.class)
                .create(
                        new UserId(FreshUuid.next()),
                        "m" + UUID.randomUUID() + "@example.com",
                        "Member",
                        "no password",
                        true)
                .flatMap(user -> api.bean(MemberStore.class)
                        .add(owner.organization(), user.id(), Role.VIEWER)
                        .thenReturn(user.id().toString()))
                .blockOptional()
                .orElseThrow();
    }

    /** Of the ids that a parameter of a path takes. */
    static String prefix(String template, String parameter) {
        return switch (parameter) {
            case "user_id" -> "usr";
            case "invitation_id" -> "inv";
            case "marker_id" -> "marker";
            case "share_id" -> "share";
            case "delivery_id" -> "del";
            case "token" -> "token";
            case "link" -> "link";
            case "set_id" -> "dset";
            default ->
                Map.of(
                                "streams", "stream",
                                "highlights", "hl",
                                "batches", "batch",
                                "uploads", "upl",
                                "organizations", "org",
                                "auth", "key",
                                "webhooks", "whk")
                        .entrySet()
                        .stream()
                        .filter(kind -> template.startsWith("/api/v1/" + kind.getKey() + "/"))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("which kind of id is in " + template + "?"));
        };
    }

    /** An id that nobody has for each parameter, save for the caller's own organization. */
    static Map<String, String> unknown(Caller caller, String template) {
        Map<String, String> ids = new LinkedHashMap<>();
        Matcher matcher = PARAMETER.matcher(template);
        while (matcher.find()) {
            String parameter = matcher.group(1);
            if (parameter.equals("type_id")) {
                ids.put(parameter, "unknown");
                continue;
            }
            String prefix = prefix(template, parameter);
            ids.put(
                    parameter,
                    prefix.equals("org") ? caller.organization().toString() : TypeId.format(prefix, FreshUuid.next()));
        }
        return ids;
    }

    /** Calls an operation with the example of its body. */
    static Answer call(Caller caller, String method, String template, Map<String, String> ids) {
        String path = template;
        for (Map.Entry<String, String> id : ids.entrySet()) {
            path = path.replace("{" + id.getKey() + "}", id.getValue());
        }
        Optional<String> body = body(method, template);
        return caller.send(
                HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)),
                path,
                headers(method, template, body.isPresent()),
                body.orElse(""));
    }

    /** Those that the operation wants, as its description has them for example. */
    static Map<String, String> headers(String method, String template, boolean json) {
        JsonNode operation = operation(method, template);
        Map<String, String> headers = new LinkedHashMap<>();
        for (JsonNode parameter : operation.path("parameters")) {
            JsonNode described = parameter.has("$ref")
                    ? Contract.INSTANCE
                            .document()
                            .at(parameter.path("$ref").asString().substring(1))
                    : parameter;
            if (described.path("in").asString().equals("header")
                    && described.path("required").asBoolean(false)) {
                headers.put(
                        described.path("name").asString(),
                        described.path("example").asString());
            }
        }
        JsonNode content = operation.path("requestBody").path("content");
        if (json) {
            headers.put("Content-Type", "application/json");
        } else if (content.has("application/offset+octet-stream")) {
            headers.put("Content-Type", "application/offset+octet-stream");
        } else if (content.has("multipart/form-data")) {
            headers.put("Content-Type", "multipart/form-data; boundary=nothing");
        }
        return headers;
    }

    private static JsonNode operation(String method, String template) {
        return Contract.INSTANCE.document().path("paths").path(template).path(method);
    }

    /** The first example of a body that must be there, or without which the caller would be nobody any more. */
    private static Optional<String> body(String method, String template) {
        JsonNode request = operation(method, template).path("requestBody");
        return request.path("required").asBoolean(false) || template.endsWith("/revoke-all")
                ? request.path("content")
                        .path("application/json")
                        .path("examples")
                        .valueStream()
                        .findFirst()
                        .map(example -> example.path("value").toString())
                : Optional.empty();
    }
}
