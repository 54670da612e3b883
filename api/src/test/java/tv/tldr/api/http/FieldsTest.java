package tv.tldr.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class FieldsTest {
    @Test
    void readsWhatIsThereAndFillsInWhatIsNot() {
        Fields fields = fields("{\"a\": \"text\", \"b\": 1.5, \"c\": 3.0, \"d\": true, \"e\": {\"f\": null}}");

        assertThat(fields.requiredText("a", 4)).isEqualTo("text");
        assertThat(fields.number("b", 0, 0, 2)).isEqualTo(1.5);
        assertThat(fields.integer("c", 1, 3)).contains(3);
        assertThat(fields.flag("d", false)).isTrue();
        assertThat(fields.object("e").orElseThrow().number("f", 7, 0, 1)).isEqualTo(7);
        assertThat(fields.text("g", 1)).isEmpty();
        fields.finish();
    }

    @Test
    void namesEveryFaultByItsPath() {
        Fields fields = fields("{\"a\": 1, \"b\": {\"c\": 2, \"x\": 1}, \"y\": null}");
        fields.requiredText("a", 9);
        fields.requiredText("z", 9);
        fields.object("b").orElseThrow().flag("c", false);

        assertThatThrownBy(fields::finish)
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.errors())
                        .extracting(FieldError::field, error -> error.message().split(",", -1)[0])
                        .containsExactlyInAnyOrder(
                                tuple("a", "must be text of at most 9 characters"),
                                tuple("z", "is required"),
                                tuple("b.c", "must be true or false"),
                                tuple("b.x", "is not known; known here: c"),
                                tuple("y", "is not known; known here: a")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.9",
                "2.1",
                "\"1\"",
                "true",
                "[1]",
                "{}",
                "1e400",
                "-1e999999999",
                "123456789012345678901234567890"
            })
    void refusesANumberOutsideOfItsRange(String number) {
        Fields fields = fields("{\"n\": " + number + "}");

        assertThat(fields.number("n", 1.5, 1, 2)).isEqualTo(1.5);
        assertThat(fields.isSound("n")).isFalse();
        assertThat(fields("{\"n\": " + number + "}").integer("n", 1, 2)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"abcd\"", "\"\\u0000\"", "1", "[]"})
    void refusesATextThatIsTooLongOrNone(String text) {
        Fields fields = fields("{\"t\": " + text + "}");

        assertThat(fields.text("t", 3)).isEmpty();
        assertThatThrownBy(fields::finish).isInstanceOf(ProblemException.class);
    }

    @Test
    void saysWhyAPartOfTheContractCannotBeHad() {
        Fields fields = fields("{\"a\": []}");
        fields.unsupported("a", "is not supported yet");
        fields.unsupported("b", "is not supported yet");

        assertThatThrownBy(fields::finish).hasMessage("a: is not supported yet");
    }

    private static Fields fields(String json) {
        return new Fields(JsonMapper.shared().readTree(json));
    }
}
