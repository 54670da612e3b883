package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tv.tldr.workflows.account.Scope;

/** Every operation of the API's own description × every role and every scope of a key: a new one is covered by itself. */
class PermissionsIT {
    private static final RunningApi API = RunningApi.shared();
    /** After it a caller is nobody any more. */
    private static final Set<String> LAST = Set.of("logout");

    private record Operation(String method, String path, JsonNode description) {
        String id() {
            return description.path("operationId").asString();
        }

        Set<String> required() {
            JsonNode declared = description.path("x-required-scope");
            Set<String> words = new HashSet<>();
            (declared.isArray() ? declared.valueStream() : Stream.of(declared))
                    .forEach(word -> words.add(word.asString("")));
            return words;
        }

        /** Whether it concerns somebody themselves, wherever they belong to. */
        boolean admitsWhoBelongsNowhere() {
            return required().equals(Set.of("person")) || id().equals("listOrganizations");
        }

        boolean admits(Somebody somebody) {
            return required().stream().allMatch(word -> switch (word) {
                case "open" -> true;
                case "person" -> somebody.person();
                default -> somebody.scopes().contains(Scope.named(word).orElseThrow());
            });
        }
    }

    @TestFactory
    Stream<DynamicTest> whoMayDoIsAdmittedAndNobodyElse() {
        return operations()
                .sorted(Comparator.comparing(operation -> LAST.contains(operation.id())))
                .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> check(operation)));
    }

    @TestFactory
    Stream<DynamicTest> whoBelongsToNoOrganizationDoesNothingInOne() {
        // They ask sixty times a minute at most.
        Map<Integer, Caller> outsiders = new HashMap<>();
        AtomicInteger asked = new AtomicInteger();
        return operations()
                .filter(operation -> !operation.admitsWhoBelongsNowhere())
                .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> {
                    Caller outsider = outsiders.computeIfAbsent(
                            asked.getAndIncrement() / 50,
                            _ -> Person.register(API).outside().caller());
                    Answer answer = Things.call(
                            outsider, operation.method(), operation.path(), Things.unknown(outsider, operation.path()));
                    assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
                    assertThat(answer.isEmpty()).isEqualTo(operation.method().equals("head"));
                    if (!answer.isEmpty()) {
                        assertThat(answer.text("/code")).isEqualTo("INSUFFICIENT_PERMISSIONS");
                        assertThat(answer.text("/detail")).contains("belong to none", "POST /api/v1/organizations");
                    }
                }));
    }

    private static Stream<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        Contract.INSTANCE
                .document()
                .path("paths")
                .propertyStream()
                .filter(path -> path.getKey().startsWith("/api/"))
                .forEach(path -> path.getValue()
                        .propertyStream()
                        .forEach(entry ->
                                operations.add(new Operation(entry.getKey(), path.getKey(), entry.getValue()))));
        return operations.stream().filter(operation -> !operation.required().contains("open"));
    }

    private static void check(Operation operation) {
        for (Somebody somebody : Somebody.EVERYBODY) {
            Answer answer = Things.call(
                    somebody.caller(),
                    operation.method(),
                    operation.path(),
                    Things.unknown(somebody.caller(), operation.path()));
            assertThat(Somebody.isNotLet(answer))
                    .as("%s by %s: %s", operation.id(), somebody.name(), answer)
                    .isNotEqualTo(operation.admits(somebody));
            assertThat(answer.status())
                    .as("%s by %s: %s", operation.id(), somebody.name(), answer)
                    .isLessThan(500);
        }
        Answer stranger = Things.call(
                API.stranger(), operation.method(), operation.path(), Things.unknown(API.stranger(), operation.path()));
        assertThat(stranger.status()).isEqualTo(401);
    }
}
