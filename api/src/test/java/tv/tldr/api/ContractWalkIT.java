package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
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
import tv.tldr.workflows.activity.StreamRef;

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

    /** Those that are done again, whatever they carry. */
    private static final Set<String> TAKES_NO_KEY = Set.of("logout");
    /** Which change a stream so that the other calls could not be made about it. */
    private static final Set<String> OF_ITS_OWN = Set.of("reanalyzeStream", "retryStream", "stopStream");
    /** Which have something ended, as it may be by the time of the second try: 200 instead of 202. */
    private static final Set<String> MAY_BE_OVER = Set.of("stopStream", "cancelBatch");

    private static final String VIDEO = "\0\0\0\30ftypisom\0\0\2\0isomiso2mp41" + "a".repeat(100);

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

    /**
     * As if the process had died when everything was written and nothing told. Whatever the POST does, who sends it again gets
     * the answer that the first try would have given.
     */
    @TestFactory
    Stream<DynamicTest> everyPostWhoseProcessDiedGoesOnFromWhatIsWrittenDown() {
        return Contract.INSTANCE.document().path("paths").propertyStream().flatMap(path -> path.getValue()
                .propertyStream()
                .map(entry -> new Operation(entry.getKey(), path.getKey(), entry.getValue()))
                .filter(operation -> operation.method().equals("post") && !TAKES_NO_KEY.contains(operation.id()))
                .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> dieOnce(operation))));
    }

    private void dieOnce(Operation operation) {
        String key = UUID.randomUUID().toString();
        Caller caller = Set.of("changePassword", "changeEmail").contains(operation.id())
                ? Person.register(api).caller()
                : caller(operation);
        Map<String, String> ids = ids(operation);
        if (OF_ITS_OWN.contains(operation.id())) {
            ids.replace("id", goneOverAlone(operation.id()));
        }
        Map<String, String> headers = new HashMap<>(Things.headers(operation.method(), operation.path(), false));
        headers.put("Idempotency-Key", key);
        String body = alone(operation);

        Answer first = send(caller, operation, ids, "", headers, body);
        for (String table : List.of("idempotency_keys", "open_idempotency_keys")) {
            api.owner()
                    .sql("UPDATE " + table + " SET status = NULL, headers = NULL, body = NULL, held_until = now()"
                            + " WHERE key = :key")
                    .bind("key", key)
                    .then()
                    .block();
        }
        Answer after = send(caller, operation, ids, "", headers, body);
        Answer replayed = send(caller, operation, ids, "", headers, body);

        assertThat(first.status()).as("%s: %s", operation.id(), first).isBetween(200, 299);
        assertThat(after.headers().getFirst("Idempotency-Replayed")).isNull();
        assertThat(after.status())
                .as("%s: %s", operation.id(), after)
                .isIn(first.status(), MAY_BE_OVER.contains(operation.id()) ? 200 : first.status());
        assertThat(after.headers().getFirst("Location"))
                .isEqualTo(first.headers().getFirst("Location"));
        if (first.text().startsWith("{") && first.json().has("id")) {
            assertThat(after.text("/id")).as(operation.id()).isEqualTo(first.text("/id"));
        }
        assertThat(replayed.headers().getFirst("Idempotency-Replayed"))
                .as(operation.id())
                .isEqualTo("true");
        assertThat(replayed.status()).isEqualTo(after.status());
        assertThat(replayed.text()).isEqualTo(after.text());
        assertThat(told(replayed)).as(operation.id()).isEqualTo(told(after));
    }

    /** The headers that belong to what is answered, and not to one exchange or to everything. */
    private static Map<String, String> told(Answer answer) {
        Map<String, String> told = new HashMap<>(answer.headers().toSingleValueMap());
        told.keySet().removeIf(name -> Stream.of(
                        "Date",
                        "X-Request-Id",
                        "RateLimit",
                        "X-RateLimit",
                        "Idempotency-Replayed",
                        "Content-Length",
                        "Transfer")
                .anyMatch(own -> name.regionMatches(true, 0, own, 0, own.length())));
        return told;
    }

    /** A stream that has ended and that nobody else goes over. */
    private String goneOverAlone(String operation) {
        if (operation.equals("stopStream")) {
            return owner.submitted();
        }
        StreamRef stream = Sample.completed(
                api,
                owner.organization(),
                operation.equals("reanalyzeStream")
                        ? Path.of("../samples/gameplay.mp4").toAbsolutePath()
                        : null)
                .stream();
        if (operation.equals("retryStream")) {
            api.owner()
                    .sql("UPDATE streams SET status = 'failed' WHERE id = :id")
                    .bind("id", stream.streamId().uuid())
                    .then()
                    .block();
        }
        return stream.streamId().toString();
    }

    /** A body that is accepted where nothing was done before. */
    private String alone(Operation operation) {
        return switch (operation.id()) {
            case "changePassword" ->
                "{\"current_password\": \"%s\", \"new_password\": \"eleven dry days in June\"}"
                        .formatted(Person.PASSWORD);
            case "changeEmail" ->
                "{\"email\": \"%s@example.net\", \"password\": \"%s\"}".formatted(UUID.randomUUID(), Person.PASSWORD);
            case "createHighlightType" -> body(operation).replace("big_moment", "another_moment");
            case "createBatch" -> "{\"streams\": [{\"source_url\": \"upload:%s\"}]}".formatted(uploaded());
            case "uploadStream" ->
                "--nothing\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp4\"\r\n\r\n" + VIDEO
                        + "\r\n--nothing--\r\n";
            case "createUpload" -> "";
            default -> accepted(operation);
        };
    }

    /** A file that has come, and is no stream yet. */
    private String uploaded() {
        Map<String, String> tus = Map.of("Tus-Resumable", "1.0.0");
        Map<String, String> begins = new HashMap<>(tus);
        begins.put("Upload-Length", String.valueOf(VIDEO.length()));
        String place = String.valueOf(owner.send(HttpMethod.POST, "/api/v1/uploads", begins, "")
                .headers()
                .getFirst("Location"));
        Map<String, String> goesOn = new HashMap<>(tus);
        goesOn.put("Upload-Offset", "0");
        goesOn.put("Content-Type", "application/offset+octet-stream");
        assertThat(owner.send(HttpMethod.PATCH, place, goesOn, VIDEO).status()).isEqualTo(204);
        return place.replaceFirst(".*/", "");
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

    /** What is under way may change between two looks. */
    private void unchanged(Operation operation, Map<String, String> ids) {
        await().untilAsserted(() -> {
            String tag = send(operation, ids, "", Map.of(), "").headers().getFirst("ETag");
            assertThat(tag).as(operation.id()).isNotNull();
            expect("304", operation, ids, "", Map.of("If-None-Match", String.valueOf(tag)), "");
        });
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
