package tv.tldr.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PointerTest {
    @ParameterizedTest
    @CsvSource({
        "name, /name",
        "ids[3], /ids/3",
        "streams[0].options.fusion.weights, /streams/0/options/fusion/weights",
        "a[1][2].b, /a/1/2/b"
    })
    void readsWhatPeopleRead(String path, String pointer) {
        assertThat(Pointer.of(path)).isEqualTo(pointer);
    }

    @Test
    void findsEveryFaultInTheBodyWhateverItsFieldIsCalled() {
        JsonNode body = JsonMapper.shared().readTree("""
                        {"list": [{"ok": true}, {"a.b": 1, "c/d~e": {"f[0]": 1}, "": 1}], "texts": ["x", 7]}
                        """);
        Fields fields = new Fields(body);
        Fields second = fields.objects("list", 2).orElseThrow().getLast();
        second.object("c/d~e");
        fields.texts("texts", 2, 9);
        fields.requiredText("missing", 9);

        List<FieldError> faults =
                catchThrowableOfType(ProblemException.class, fields::finish).errors();

        assertThat(faults)
                .extracting(FieldError::pointer)
                .containsExactlyInAnyOrder(
                        "/texts/1", "/missing", "/list/0/ok", "/list/1/a.b", "/list/1/", "/list/1/c~1d~0e/f[0]");
        assertThat(faults).filteredOn(fault -> !fault.field().equals("missing")).allSatisfy(fault -> assertThat(
                        body.at(String.valueOf(fault.pointer())).isMissingNode())
                .isFalse());
    }
}
