package tv.tldr.api.dimensions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tv.tldr.api.http.FieldError;
import tv.tldr.workflows.scoring.Criteria;
import tv.tldr.workflows.scoring.Dimension;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.HighlightType;
import tv.tldr.workflows.scoring.Preset;

/** Of what does validation warn although it can be saved? */
class ValidationResponseTest {
    private static final DimensionSet GAMING = Preset.GAMING_DEFAULT.dimensionSet();

    @Test
    void limitsOfATypeForWhichTheDefaultsLeaveNoRoom() {
        assertThat(warned(limits(null, 8.0, 0.0)))
                .containsExactly(
                        "highlight_types[0].criteria.max_duration", "highlight_types[0].criteria.cooldown_period");
        assertThat(warned(limits(90.0, null, null))).containsExactly("highlight_types[0].criteria.min_duration");
        assertThat(warned(limits(20.0, 40.0, 300.0))).isEmpty();
    }

    @Test
    void weightsBeyondOneThatAreNotNormalized() {
        assertThat(warned(unnormalized(1))).isEmpty();
        assertThat(warned(unnormalized(3))).containsExactly("normalize_weights");
    }

    @Test
    void noPreset() {
        for (Preset preset : Preset.values()) {
            assertThat(warned(preset.dimensionSet())).as(preset.wire()).isEmpty();
        }
    }

    private static List<String> warned(DimensionSet set) {
        ValidationResponse response = ValidationResponse.sound(set);
        assertThat(response.valid()).isTrue();
        return response.warnings().stream().map(FieldError::field).toList();
    }

    private static DimensionSet limits(@Nullable Double least, @Nullable Double most, @Nullable Double cooldown) {
        Criteria criteria = new Criteria(Map.of(), Map.of(), List.of(), null, null, least, most, cooldown);
        return GAMING.withTypes(List.of(new HighlightType("big", "big", "", criteria, 1, List.of(), Map.of())));
    }

    private static DimensionSet unnormalized(double times) {
        return new DimensionSet(
                "mine",
                "mine",
                "",
                GAMING.dimensions().stream()
                        .limit(times > 1 ? Integer.MAX_VALUE : 3)
                        .map(one -> Dimension.ofRules(one.id(), one.highlightType(), times * one.weight(), one.rules()))
                        .toList(),
                List.of(),
                false,
                1,
                null,
                GAMING.calibration(),
                GAMING.clip(),
                GAMING.cooldown());
    }
}
