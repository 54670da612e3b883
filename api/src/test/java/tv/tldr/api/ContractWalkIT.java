package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/**
 * Each operation of the API's own description is called with success and once for each error that it describes; what is not
 * called here is listed with who does it. A new operation, or a new error of one, is covered by itself or fails.
 */
class ContractWalkIT {
    /** Errors that no request alone brings about. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "408", "needs patience: JsonBodyTest, HostileRequestsIT",
            "409", "needs a state: StreamSubmissionIT, IdempotencyIT, DimensionSetsIT, ApiKeysIT, AccountsIT",
            "429", "needs a limit: RateLimitIT, SessionsIT",
            "500", "needs a fault of ours: Schemathesis finds none",
            "503", "needs an outage: DatabaseAwayIT, TemporalAwayIT");
    /** Operations whose success needs what the example cannot have, and who has it. */
    private static final Map<String, String> SUCCESS_ELSEWHERE = Map.ofEntries(
            Map.entry("reviseStream", "needs a pending stream: StreamChangesIT"),
            Map.entry("retryStream", "needs a failed stream: LostStreamsIT"),
            Map.entry("reanalyzeStream", "needs a stream that nobody else goes over: ReanalysisIT"),
            Map.entry("createHighlightType", "needs a type that the set has not yet: DimensionSetsIT"),
            Map.entry("embedHighlight", "needs a link: SharingIT"),
            Map.entry("getSharedClip", "needs the ticket of a view: SharingIT"),
            Map.entry("getSharedThumbnail", "needs the ticket of a view: SharingIT"),
            Map.entry("downloadShared", "needs the ticket of a view: SharingIT"),
            Map.entry("changePassword", "needs the password: AccountsIT"),
            Map.entry("changeEmail", "needs the password: LeavingIT"),
            Map.entry("deleteMe", "needs the password: LeavingIT"),
            Map.entry("deleteOrganization", "needs its name: LeavingIT"));
    /** Errors that another one stands before, in the state that the examples are in, and who sees them. */
    private static final Map<String, Set<String>> BEHIND_ANOTHER = Map.of(
            // A completed stream is not changed any more: StreamChangesIT.
            "reviseStream", Set.of("412"),
            // Says in its body which versions are meant: HighlightsIT.
            "changeHighlights", Set.of("412"),
            // Without the ticket of a view there is no file: SharingIT, FilesIT.
            "getSharedClip", Set.of("304", "416"),
            "getSharedThumbnail", Set.of("304", "416"),
            "downloadShared", Set.of("304", "416"));
    /** Which end what the other calls are made with: SessionsIT and ApiKeysIT call them. */
    private static final Set<String> LAST = Set.of("logout", "revokeAllApiKeys");

    /** What is no JSON: UploadsIT speaks their protocols, with each of their errors. */
    private static final Set<String> OF_FILES =
            Set.of("uploadStream", "describeUploads", "createUpload", "continueUpload", "deleteUpload");

    private final RunningApi api = RunningApi.shared();
    private final Person person = Person.register(api).unlimited();
    private final Caller owner = api.caller(person.organization(), null, "admin");
    private final Things things = new Things(api, owner, Sample.completed(api, owner.organization()));

    private record Operation(String method, String path, JsonNode description) {
        String id() {
            return description.path("operationId").asString();
        }

        boolean isOpen() {
            return description.path("x-required-scope").toString().contains("open");
        }

        boolean isOfAPerson() {
            return description.path("x-required-scope").toString().contains("person");
        }

        Optional<JsonNode> example() {
            return description
                    .at("/requestBody/content/application~1json/examples")
                    .valueStream()
                    .findFirst()
                    .map(example -> example.path("value"));
        }
    }

    @TestFactory
    Stream<DynamicTest> everyOperationIsCalledWithSuccessAndForEachErrorThatItDescribes() {
        return Contract.INSTANCE.document().path("paths").propertyStream().flatMap(path -> path.getValue()
                .propertyStream()
                .map(entry -> new Operation(entry.getKey(), path.getKey(), entry.getValue()))
                .filter(operation -> !LAST.contains(operation.id()) && !OF_FILES.contains(operation.id()))
                .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> check(operation))));
    }

    private void check(Operation operation) {
        Map<String, String> ids = ids(operation);
        for (String status : operation.description().path("responses").propertyNames()) {
            if (BEHIND_ANOTHER.getOrDefault(operation.id(), Set.of()).contains(status)) {
                continue;
            }
            switch (status) {
                case "400" -> malformed(operation, ids);
                case "404" -> unknown(operation);
                case "405" -> wrongMethod(operation, ids);
                case "406" -> expect(status, operation, ids, "", Map.of("Accept", "image/x-nothing"), body(operation));
                case "412" -> expect(status, operation, ids, "", Map.of("If-Match", "\"999\""), body(operation));
                case "413" -> expect(status, operation, ids, "", Map.of(), " ".repeat((1 << 20) + 1));
                case "414" -> expect(status, operation, ids, "?" + "x".repeat(2048), Map.of(), body(operation));
                case "415" -> expect(status, operation, ids, "", Map.of("Content-Type", "text/plain"), "x");
                case "416" -> expect(status, operation, ids, "", Map.of("Range", "bytes=999999999-"), "");
                case "401", "403" -> strangers(status, operation, ids);
                case "422" -> reusedKey(operation, ids);
                case "304" -> unchanged(operation, ids);
                default ->
                    assertThat(status.startsWith("2") || ELSEWHERE.containsKey(status))
                            .as("%s describes %s, which nothing brings about", operation.id(), status)
                            .isTrue();
            }
        }
        if (!SUCCESS_ELSEWHERE.containsKey(operation.id())) {
            assertThat(send(operation, ids(operation), "", Map.of(), accepted(operation))
                            .status())
                    .as(operation.id())
                    .isBetween(200, 299);
        }
    }

    private void expect(
            String status,
            Operation operation,
            Map<String, String> ids,
            String query,
            Map<String, String> headers,
            String body) {
        Answer answer = send(operation, ids, query, headers, body);
        assertThat(answer.status()).as("%s: %s", operation.id(), answer).isEqualTo(Integer.parseInt(status));
    }

    /** A field, a parameter or a header that cannot be, whichever the operation takes. */
    private void malformed(Operation operation, Map<String, String> ids) {
        String parameters = operation.description().path("parameters").toString();
        if (operation.description().has("requestBody")) {
            expect("400", operation, ids, "", Map.of(), "{\"unheard_of\": ");
        } else if (parameters.contains("/IdempotencyKey\"")) {
            expect("400", operation, ids, "", Map.of("Idempotency-Key", "x".repeat(256)), "");
        } else {
            expect("400", operation, ids, "?unheard_of=1", Map.of(), "");
        }
    }

    private void unknown(Operation operation) {
        if (!operation.isOpen() && operation.path().contains("{")) {
            expect(
                    "404",
                    operation,
                    Things.unknown(api.caller("admin"), operation.path()),
                    "",
                    Map.of(),
                    body(operation));
        }
    }

    private void wrongMethod(Operation operation, Map<String, String> ids) {
        Answer answer = caller(operation).send(HttpMethod.valueOf("PROPFIND"), path(operation, ids), Map.of(), "");
        assertThat(answer.status()).as(operation.id()).isEqualTo(405);
        assertThat(answer.headers().getFirst("Allow"))
                .contains(operation.method().toUpperCase(Locale.ROOT));
    }

    private void strangers(String status, Operation operation, Map<String, String> ids) {
        if (operation.isOpen() || !operation.path().startsWith("/api/")) {
            return;
        }
        Caller somebody =
                status.equals("401") ? api.stranger() : api.caller(owner.organization(), null, other(operation));
        Answer answer = send(somebody, operation, ids, "", Map.of(), body(operation));
        assertThat(answer.status()).as("%s: %s", operation.id(), answer).isEqualTo(Integer.parseInt(status));
    }

    private void reusedKey(Operation operation, Map<String, String> ids) {
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        if (operation.isOpen()) {
            // Whom nobody knows yet the key is left after a refusal.
            String body = accepted(operation);
            assertThat(send(operation, ids, "", key, body).status())
                    .as(operation.id())
                    .isBetween(200, 299);
            expect("422", operation, ids, "", key, body + " ");
        } else {
            send(operation, ids, "", key, "{\"unheard_of\": 1}");
            expect("422", operation, ids, "", key, "{\"unheard_of\": 2}");
        }
    }

    /** The example, or where that is about somebody else a body that is not refused. */
    private String accepted(Operation operation) {
        return switch (operation.id()) {
            case "login" -> "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(person.email(), Person.PASSWORD);
            case "refresh" ->
                "{\"refresh_token\": \"%s\"}"
                        .formatted(Person.register(api).tokens().text("/refresh_token"));
            case "verifyEmail" ->
                "{\"token\": \"%s\"}".formatted(mailed(Person.register(api).email(), "Confirm"));
            case "resetPassword" -> {
                Person forgetful = Person.register(api);
                forgetful.post("/password/forgot", "{\"email\": \"%s\"}".formatted(forgetful.email()));
                yield "{\"token\": \"%s\", \"new_password\": \"eleven dry days in June\"}"
                        .formatted(mailed(forgetful.email(), "Choose"));
            }
            case "acceptInvitation" -> {
                Person guest = Person.register(api);
                owner.post(
                        "/api/v1/organizations/" + owner.organization() + "/invitations",
                        "{\"email\": \"%s\", \"role\": \"VIEWER\"}".formatted(guest.email()));
                yield "{\"token\": \"%s\", \"password\": \"%s\"}"
                        .formatted(mailed(guest.email(), "You are invited"), Person.PASSWORD);
            }
            default -> body(operation);
        };
    }

    private static String mailed(String address, String subject) {
        return RunningApi.mail().token(address, subject, 1);
    }

    private void unchanged(Operation operation, Map<String, String> ids) {
        String tag = send(operation, ids, "", Map.of(), "").headers().getFirst("ETag");
        assertThat(tag).as(operation.id()).isNotNull();
        expect("304", operation, ids, "", Map.of("If-None-Match", String.valueOf(tag)), "");
    }

    private Answer send(
            Operation operation, Map<String, String> ids, String query, Map<String, String> headers, String body) {
        return send(caller(operation), operation, ids, query, headers, body);
    }

    private static Answer send(
            Caller caller,
            Operation operation,
            Map<String, String> ids,
            String query,
            Map<String, String> headers,
            String body) {
        Map<String, String> all = new HashMap<>(Map.of("X-Forwarded-For", Person.address()));
        if (!body.isEmpty()) {
            all.put("Content-Type", "application/json");
        }
        all.putAll(headers);
        return caller.send(
                HttpMethod.valueOf(operation.method().toUpperCase(Locale.ROOT)),
                path(operation, ids) + query,
                all,
                body);
    }

    private static String path(Operation operation, Map<String, String> ids) {
        String path = operation.path();
        for (Map.Entry<String, String> id : ids.entrySet()) {
            path = path.replace("{" + id.getKey() + "}", id.getValue());
        }
        return path;
    }

    private Map<String, String> ids(Operation operation) {
        // What may be deleted is one of its own.
        return (operation.method().equals("delete")
                        ? new Things(api, owner, Sample.completed(api, owner.organization()))
                        : things)
                .ids(operation.path());
    }

    private Caller caller(Operation operation) {
        return operation.isOfAPerson() ? person.caller() : operation.isOpen() ? api.stranger() : owner;
    }

    /** A scope that is not asked for. */
    private static String other(Operation operation) {
        return List.of("usage:read", "streams:read").stream()
                .filter(scope -> !operation
                        .description()
                        .path("x-required-scope")
                        .toString()
                        .contains(scope))
                .findFirst()
                .orElseThrow();
    }

    /** The first example of the body, about what the owner has. */
    private String body(Operation operation) {
        String body = operation
                .example()
                .map(JsonNode::toString)
                .orElse("")
                .replace(
                        "stream_01kb0000000000000000000000",
                        things.sample().stream().streamId().toString())
                .replaceAll(
                        "hl_01kb00000000000000000000\\d\\d",
                        things.sample().highlight(0).toString())
                .replace("media.example.com/", "media.example.com/" + UUID.randomUUID());
        // Another test may have asked the same server with the examples.
        return operation.id().equals("register") ? body.replace("ada@", UUID.randomUUID() + "@") : body;
    }
}
