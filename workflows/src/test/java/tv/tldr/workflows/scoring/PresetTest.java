package tv.tldr.workflows.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tv.tldr.workflows.scoring.DimensionSet.ClipLength;

class PresetTest {
    @ParameterizedTest
    @EnumSource(Preset.class)
    void isCompleteAndItsWeightsAreShares(Preset preset) {
        DimensionSet set = preset.dimensionSet();

        assertThat(set.id()).isEqualTo(preset.wire());
        assertThat(Preset.named(preset.wire())).contains(preset);
        assertThat(set.dimensions().stream().mapToDouble(Dimension::weight).sum())
                .isCloseTo(1, within(1e-9));
        assertThat(set.dimensions()).allSatisfy(dimension -> {
            assertThat(dimension.rules().terms()).isNotEmpty();
            assertThat(dimension.description()).isNotBlank();
            assertThat(dimension.rules().origin()).isNotBlank();
            assertThat(dimension.highlightType()).matches("[a-z_]+");
            assertThat(Logistic.of(dimension.rules().usual()))
                    .as("a usual second")
                    .isLessThan(0.3);
        });
    }

    @Test
    void gamingEducationAndCorporateHaveThePublicDimensions() {
        assertThat(weights(Preset.GAMING_DEFAULT))
                .isEqualTo(Map.of(
                        "action_intensity", 0.25,
                        "skill_display", 0.2,
                        "clutch_moment", 0.2,
                        "audience_reaction", 0.15,
                        "funny_fail", 0.1,
                        "achievement", 0.1));
        assertThat(weights(Preset.EDUCATION_DEFAULT))
                .isEqualTo(Map.of(
                        "concept_clarity", 0.3,
                        "key_insight", 0.25,
                        "example_quality", 0.2,
                        "student_engagement", 0.15,
                        "summary_moment", 0.1));
        assertThat(weights(Preset.CORPORATE_DEFAULT))
                .isEqualTo(Map.of(
                        "decision_point", 0.3,
                        "action_item", 0.25,
                        "key_metric", 0.2,
                        "stakeholder_input", 0.15,
                        "consensus_moment", 0.1));
    }

    @Test
    void anUnknownNameIsNoPreset() {
        assertThat(Preset.named("gaming")).isEmpty();
        assertThat(Preset.named("GAMING_DEFAULT")).isEmpty();
    }

    @Test
    void refusesWhatIsNoDimensionSet() {
        Dimension dimension = Dimension.ofRules("a", "a", 1, new RuleModel(1, "", 0, List.of()));
        ClipLength clip = new ClipLength(15, 60);
        Calibration calibration = new Calibration(0.5, 1);

        assertThatThrownBy(() -> DimensionSet.of("s", List.of(), calibration, clip, 0))
                .hasMessageContaining("1 to 20");
        assertThatThrownBy(() -> DimensionSet.of("s", List.of(dimension, dimension), calibration, clip, 0))
                .hasMessageContaining("two dimensions named a");
        assertThatThrownBy(() -> Dimension.ofRules("a", "a", -0.1, new RuleModel(1, "", 0, List.of())))
                .hasMessageContaining("weight");
        assertThatThrownBy(() -> new RuleModel(1.1, "", 0, List.of())).hasMessageContaining("reach");
        assertThatThrownBy(() -> new Calibration(1, 1)).hasMessageContaining("sure");
    }

    private static Map<String, Double> weights(Preset preset) {
        return preset.dimensionSet().dimensions().stream()
                .collect(java.util.stream.Collectors.toMap(Dimension::id, Dimension::weight));
    }
}
