package tv.tldr.api.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.api.http.FieldError;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.ProblemException;
import tv.tldr.workflows.scoring.Aggregation;
import tv.tldr.workflows.scoring.Calibration;
import tv.tldr.workflows.scoring.Dimension;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.Examples;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.scoring.RuleModel;
import tv.tldr.workflows.scoring.Scale;
import tv.tldr.workflows.scoring.Strategy;
import tv.tldr.workflows.scoring.Term;
import tv.tldr.workflows.signal.Modality;
import tv.tldr.workflows.signal.SignalKind;

/** Which wake words may a stream have? */
class WakeWordReaderTest {
    private static final DimensionSet SET = Preset.GAMING_DEFAULT.dimensionSet();

    @Test
    void keepsThemAsTheyAreWrittenAndWhatSoundsTheSameOnce() {
        assertThat(read(options(" clip that ", "Clip That!", "GG", "剪下来"), Strategy.HYBRID, true))
                .containsExactly("clip that", "GG", "剪下来");
        assertThat(read(options(), Strategy.RULE_BASED, false)).isEmpty();
        assertThat(read(JsonMapper.shared().createObjectNode(), Strategy.RULE_BASED, false))
                .isEmpty();
    }

    @Test
    void refusesWhatNobodyCanSayAndWhatIsTooMuch() {
        assertThat(faults(options("clip that", "?!"), Strategy.AI_ONLY, true))
                .singleElement()
                .isEqualTo(FieldError.inBody("wake_words[1]", "must have a letter or a digit: nobody can say it"));
        assertThat(faults(options(""), Strategy.AI_ONLY, true)).hasSize(1);
        assertThat(faults(options("a".repeat(61)), Strategy.AI_ONLY, true))
                .singleElement()
                .extracting(FieldError::message)
                .asString()
                .contains("at most 60 characters");
        assertThat(faults(options(Collections.nCopies(21, "clip").toArray(String[]::new)), Strategy.AI_ONLY, true))
                .singleElement()
                .extracting(FieldError::message)
                .asString()
                .contains("at most 20 entries");
    }

    @Test
    void refusesThemWhereNobodyListensAndSaysWhatToDo() {
        assertThat(faults(options("clip that"), Strategy.RULE_BASED, true))
                .singleElement()
                .extracting(FieldError::message)
                .asString()
                .contains("rule_based", "choose ai_only", "or hybrid");
        assertThat(faults(options("clip that"), Strategy.HYBRID, false))
                .singleElement()
                .extracting(FieldError::message)
                .asString()
                .contains("set GEMINI_API_KEY or VOSK_MODEL_PATH");
    }

    @Test
    void refusesThemWhereTheSoundDoesNotCountAndForgetsThoseOfBefore() {
        ProcessingModules deaf = new ProcessingModules(true, false, true, true);
        Listeners all = new Listeners(true, true);
        Fields given = new Fields(options("clip that"));
        WakeWordReader.read(given, Strategy.AI_ONLY, all, SET, deaf, List.of());

        assertThat(catchThrowableOfType(ProblemException.class, given::finish).errors())
                .singleElement()
                .extracting(FieldError::message)
                .asString()
                .contains("audio_analysis is false");
        assertThat(WakeWordReader.read(
                        new Fields(JsonMapper.shared().createObjectNode()),
                        Strategy.AI_ONLY,
                        all,
                        SET,
                        deaf,
                        List.of("clip that")))
                .isEmpty();
    }

    /** The sound counts, and yet the model is not asked: what there is to ask about shows in the picture alone. */
    @Test
    void saysWhetherRulesArePreferredOrThePictureIsOffWhereTheModelIsNotAsked() {
        ProcessingModules unseen = new ProcessingModules(false, true, true, true);

        assertThat(faultsAlong(set(Set.of(Modality.VIDEO), false), unseen))
                .singleElement()
                .extracting(FieldError::message)
                .asString()
                .contains("processing_modules.video_analysis is false", "set it to true")
                .doesNotContain("prefer rules");
        assertThat(faultsAlong(set(Set.of(Modality.VIDEO), true), unseen))
                .singleElement()
                .extracting(FieldError::message)
                .asString()
                .contains("prefer rules")
                .doesNotContain("video_analysis");
    }

    private static List<FieldError> faultsAlong(DimensionSet set, ProcessingModules modules) {
        Fields given = new Fields(options("clip that"));
        WakeWordReader.read(given, Strategy.AI_ONLY, new Listeners(true, false), set, modules, List.of());
        return catchThrowableOfType(ProblemException.class, given::finish).errors();
    }

    private static DimensionSet set(Set<Modality> modalities, boolean preferRules) {
        Dimension look = new Dimension(
                "look",
                "look",
                "",
                1,
                Scale.NUMERIC,
                Aggregation.MAX,
                modalities,
                null,
                Examples.NONE,
                preferRules,
                "look",
                new RuleModel(0.9, "by hand", -1, List.of(new Term(SignalKind.MOTION, 1, 0.4))));
        return DimensionSet.of(
                "made", List.of(look), new Calibration(0.65, 2.4), new DimensionSet.ClipLength(15, 60), 0);
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void aRecogniserOfOursHearsThemWhateverTheStrategy(Strategy strategy) {
        assertThat(read(options("clip that"), strategy, new Listeners(false, true)))
                .containsExactly("clip that");
    }

    private static ObjectNode options(String... words) {
        ObjectNode options = JsonMapper.shared().createObjectNode();
        List.of(words).forEach(options.putArray("wake_words")::add);
        return options;
    }

    private static List<String> read(ObjectNode options, Strategy strategy, boolean model) {
        return read(options, strategy, new Listeners(model, false));
    }

    private static List<String> read(ObjectNode options, Strategy strategy, Listeners listeners) {
        Fields fields = new Fields(options);
        List<String> words = WakeWordReader.read(fields, strategy, listeners, SET, ProcessingModules.ALL, List.of());
        fields.finish();
        return words;
    }

    private static List<FieldError> faults(ObjectNode options, Strategy strategy, boolean model) {
        return catchThrowableOfType(ProblemException.class, () -> read(options, strategy, model))
                .errors();
    }
}
