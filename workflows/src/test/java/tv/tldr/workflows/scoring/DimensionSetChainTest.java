package tv.tldr.workflows.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.scoring.DimensionSetChain.Choice;

/** Which set scores a stream when not every dimension can be scored? */
class DimensionSetChainTest {
    private final DimensionSetVersion demanding = set("demanding", 3, "modest");
    private final DimensionSetVersion modest = set("modest", 2, "any");
    private final DimensionSetVersion any = set("any", 1, null);

    @Test
    void the_chosen_one_when_enough_of_it_can_be_scored() {
        assertEquals(demanding, chosen(chain(demanding, modest), Map.of("demanding", 3, "modest", 3)));
    }

    @Test
    void else_the_next_one_of_which_enough_can() {
        assertEquals(modest, chosen(chain(demanding, modest), Map.of("demanding", 2, "modest", 2)));
        assertEquals(any, chosen(chain(demanding, modest, any), Map.of("demanding", 0, "modest", 1)));
    }

    @Test
    void else_none_and_each_says_why() {
        Choice choice = chain(demanding, modest).choose(set -> 1);

        assertEquals(
                new Choice.TooFewDimensions(
                        "Too little could be scored: 1 of the 3 dimensions of demanding could be scored,"
                                + " 3 are required; 1 of the 3 dimensions of modest could be scored, 2 are required."),
                choice);
    }

    @Test
    void a_set_without_fallback_says_that_too() {
        Choice choice = chain(demanding).choose(set -> 2);

        assertEquals(
                new Choice.TooFewDimensions(
                        "Too little could be scored: 2 of the 3 dimensions of demanding could be scored,"
                                + " 3 are required, and it has no set to fall back on."),
                choice);
    }

    @Test
    void a_single_required_dimension_is_not_counted_in_the_last_set() {
        assertEquals(new Choice.Chosen(any), DimensionSetChain.of(any).choose(set -> {
            throw new AssertionError("scored for nothing");
        }));
    }

    @Test
    void it_has_an_end() {
        List<DimensionSetVersion> endless = new ArrayList<>();
        for (int i = 0; i <= DimensionSetChain.LONGEST; i++) {
            endless.add(any);
        }

        assertThrows(IllegalArgumentException.class, () -> new DimensionSetChain(endless, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new DimensionSetChain(List.of(), List.of()));
    }

    private static DimensionSetVersion chosen(DimensionSetChain chain, Map<String, Integer> scored) {
        return chain.choose(set -> scored.getOrDefault(set.id(), 0)) instanceof Choice.Chosen choice
                ? choice.set()
                : throwNone();
    }

    private static DimensionSetVersion throwNone() {
        throw new AssertionError("none was chosen");
    }

    private static DimensionSetChain chain(DimensionSetVersion... sets) {
        return new DimensionSetChain(List.of(sets), List.of());
    }

    private static DimensionSetVersion set(String id, int required, @Nullable String fallback) {
        List<Dimension> dimensions = List.of(
                Dimension.ofRules("one", "one", 1, RuleModel.NONE),
                Dimension.ofRules("two", "two", 1, RuleModel.NONE),
                Dimension.ofRules("three", "three", 1, RuleModel.NONE));
        return new DimensionSetVersion(
                4,
                new DimensionSet(
                        id,
                        id,
                        "",
                        dimensions,
                        List.of(),
                        true,
                        required,
                        fallback,
                        new Calibration(0.5, 1.5),
                        new DimensionSet.ClipLength(15, 60),
                        10));
    }
}
