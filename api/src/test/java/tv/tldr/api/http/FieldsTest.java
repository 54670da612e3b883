package tv.tldr.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.workflows.signal.Modality;

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
    void tellsTheFirstHundredFaultsAndHowManyMoreThereAre() {
        StringBuilder body = new StringBuilder("{\"a\": 1");
        for (int i = 0; i < 5000; i++) {
            body.append(", \"").append("x".repeat(300)).append(i).append("\": 1");
        }
        Fields fields = fields(body.append("}").toString());
        fields.requiredText("a", 9);

        assertThatThrownBy(fields::finish).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.errors()).hasSize(Faults.MOST + 1);
            assertThat(problem.errors().getFirst().field()).isEqualTo("a");
            assertThat(problem.errors().getLast().message()).startsWith("and 4901 more");
            assertThat(problem.errors().toString()).hasSizeLessThan(40_000);
        });
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
    void readsListsWithEachEntryAtItsPlace() {
        Fields fields = fields("""
                {"objects": [{"n": 1}, 7, {"n": "x"}], "texts": ["a", "toolong"], "numbers": [1, 2.5],
                 "words": ["video", "smell"], "word": "text", "many": [1, 2, 3]}
                """);

        List<Fields> objects = fields.objects("objects", 9).orElseThrow();
        assertThat(objects).hasSize(2);
        assertThat(objects.get(0).number("n", 0, 2)).contains(1.0);
        assertThat(objects.get(1).number("n", 0, 2)).isEmpty();
        assertThat(fields.texts("texts", 2, 3)).contains(List.of("a"));
        assertThat(fields.numbers("numbers", 2, 0, 3)).contains(List.of(1.0, 2.5));
        assertThat(fields.choices("words", Modality.class)).contains(List.of(Modality.VIDEO));
        assertThat(fields.choice("word", Modality.class)).contains(Modality.TEXT);
        assertThat(fields.texts("many", 2, 3)).isEmpty();
        assertThat(fields.texts("none", 2, 3)).isEmpty();

        assertThat(fields.isSound()).isFalse();
        assertThatThrownBy(fields::finish)
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.errors())
                        .extracting(FieldError::field)
                        .containsExactlyInAnyOrder("objects[1]", "objects[2].n", "texts[1]", "words[1]", "many"));
    }

    @Test
    void areLaidOverWhatIsThere() {
        ObjectNode current = (ObjectNode) JsonMapper.shared().readTree("{\"a\": 1, \"b\": 2, \"c\": {\"d\": 3}}");

        Fields over = fields("{\"b\": null, \"c\": {\"e\": 4}}").over(current);

        assertThat(over.number("a", 0, 9)).contains(1.0);
        assertThat(over.number("b", 0, 9)).isEmpty();
        assertThat(over.objectOrEmpty("c").names()).containsExactly("e");
        assertThat(over.glance("/c/e")).as("not a text").isEmpty();
        assertThat(over.glance("/c/f")).as("not there").isEmpty();
        assertThat(current.path("b").asInt()).isEqualTo(2);
    }

    @Test
    void tellNoTextFromAnEmptyOne() {
        assertThat(fields("{\"a\": {\"b\": \"\"}}").glance("/a/b")).contains("");
        assertThat(fields("{\"a\": {\"b\": null}}").glance("/a/b")).isEmpty();
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
