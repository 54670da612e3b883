package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.activities.store.FreshUuid;
import tv.tldr.activities.store.StreamStore;
import tv.tldr.workflows.TypeId;
import tv.tldr.workflows.activity.StreamRef;

/** Every operation that names a thing, as the API's own description lists them: a new one is covered by itself. */
class TenantIsolationIT {
    private final RunningApi api = RunningApi.shared();
    private final Caller owner = api.caller("admin");
    private final Caller other = api.caller("admin");
    private final Sample sample = Sample.completed(api, owner.organization());
    private final Things things = new Things(api, owner, sample);

    @TestFactory
    Stream<DynamicTest> foreignAndUnknownIdsAreTheSameToTheCaller() {
        return operations(this::check);
    }

    @TestFactory
    Stream<DynamicTest> whatIsForeignIsNothingToAnybodyWhateverTheirRoleOrScope() {
        return operations((method, template) -> {
            Map<String, String> foreign = things(method).ids(template);
            for (Somebody somebody : Somebody.EVERYBODY) {
                Answer answer = call(somebody.caller(), method, template, foreign);
                assertThat(answer.status() == 404 || Somebody.isNotLet(answer))
                        .as("%s: %s", somebody.name(), answer)
                        .isTrue();
            }
            assertThat(status(sample.stream())).isEqualTo("completed");
        });
    }

    private static Stream<DynamicTest> operations(BiConsumer<String, String> check) {
        return Contract.INSTANCE
                .document()
                .path("paths")
                .propertyStream()
                .filter(path -> path.getKey().contains("{id}"))
                .flatMap(path -> path.getValue().propertyNames().stream()
                        .map(method -> DynamicTest.dynamicTest(
                                method + " " + path.getKey(), () -> check.accept(method, path.getKey()))));
    }

    private void check(String method, String template) {
        Map<String, String> foreign = things(method).ids(template);
        Answer mine = call(owner, method, template, foreign);
        Map<String, String> standing =
                mine.status() < 300 && method.equals("delete") ? things(method).ids(template) : foreign;
        Answer theirs = call(other, method, template, standing);

        assertThat(mine.status())
                .as("done, or refused for the state that the owner's stream is in: %s", mine)
                .matches(status -> status < 300
                        || status == HttpStatus.CONFLICT.value()
                        || isNamedWrongly(method, template, mine));
        assertThat(theirs.status()).isEqualTo(404);
        assertThat(theirs.isEmpty()).isEqualTo(method.equals("head"));
        assertThat(withoutNames(theirs).path("code").asString(""))
                .isEqualTo(theirs.isEmpty() ? "" : "RESOURCE_NOT_FOUND");
        for (String parameter : foreign.keySet()) {
            // A thing within an organization is looked for in the caller's own, too.
            Map<String, String> ids = new HashMap<>(standing);
            if (!parameter.equals("id")) {
                ids.put("id", other.organization().toString());
                theirs = call(other, method, template, ids);
                assertThat(theirs.status()).isEqualTo(404);
            }
            for (String id : unknown(template, parameter)) {
                ids.put(parameter, id);
                assertThat(withoutNames(call(other, method, template, ids))).isEqualTo(withoutNames(theirs));
            }
        }
        assertThat(status(sample.stream())).isEqualTo("completed");
    }

    /** The organization in which all this happens stays: the example has another one's name. */
    private static boolean isNamedWrongly(String method, String template, Answer mine) {
        return method.equals("delete")
                && template.equals("/api/v1/organizations/{id}")
                && mine.wrongFields().equals(List.of("name"));
    }

    /** What may be deleted is one of its own. */
    private Things things(String method) {
        return method.equals("delete") ? new Things(api, owner, Sample.completed(api, owner.organization())) : things;
    }

    private static List<String> unknown(String template, String parameter) {
        String prefix = Things.prefix(template, parameter);
        return List.of(
                TypeId.format(prefix, FreshUuid.next()),
                "x",
                prefix + "_",
                prefix + "_zzzzzzzzzzzzzzzzzzzzzzzzzz",
                "stream_01kb0000000000000000000000".replace("stream", prefix.equals("hl") ? "stream" : "hl"),
                "%00",
                "..%2f..");
    }

    private static Answer call(Caller caller, String method, String template, Map<String, String> ids) {
        return Things.call(caller, method, template, ids);
    }

    /** What is left when the request's own path and name are taken out. */
    private static ObjectNode withoutNames(Answer answer) {
        return answer.isEmpty()
                ? JsonMapper.shared().createObjectNode().put("status", answer.status())
                : answer.json().asObject().without(List.of("instance", "request_id"));
    }

    private String status(StreamRef stream) {
        return api.bean(StreamStore.class)
                .find(stream)
                .blockOptional()
                .orElseThrow()
                .status()
                .wire();
    }
}
