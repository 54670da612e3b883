package tv.tldr.workflows.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * Which dimension sets may score a stream? The one that was chosen and those that it falls back on, one after another, as
 * they were when the stream was submitted.
 *
 * @param sets at least one and at most {@link #LONGEST}
 * @param custom ids of the dimensions of the first set that this stream alone has, or has changed
 */
public record DimensionSetChain(List<DimensionSetVersion> sets, List<String> custom) {
    /** The most sets of a chain. */
    public static final int LONGEST = 5;

    public DimensionSetChain {
        sets = List.copyOf(sets);
        custom = custom == null ? List.of() : List.copyOf(custom);
        if (sets.isEmpty() || sets.size() > LONGEST) {
            throw new IllegalArgumentException("a chain has from 1 to " + LONGEST + " dimension sets");
        }
    }

    /** One set without fallback. */
    public static DimensionSetChain of(DimensionSetVersion set) {
        return new DimensionSetChain(List.of(set), List.of());
    }

    /** The set that was chosen. */
    public DimensionSetVersion first() {
        return sets.getFirst();
    }

    /** The same with another definition of the first set, in which {@code changed} dimensions are the stream's own. */
    public DimensionSetChain withCustom(DimensionSet definition, List<String> changed) {
        List<DimensionSetVersion> all = new ArrayList<>(sets);
        all.set(0, new DimensionSetVersion(first().version(), definition));
        return new DimensionSetChain(all, changed);
    }

    /** Which set scores? */
    public sealed interface Choice {
        /** @param set the first of which as many dimensions as it requires can be scored */
        record Chosen(DimensionSetVersion set) implements Choice {}

        /** @param reason why none does, in a sentence with numbers */
        record TooFewDimensions(String reason) implements Choice {}
    }

    /**
     * The first set of which enough dimensions can be scored. The last one is not asked when it requires a single dimension:
     * without any there is nothing to choose from, and selection says so itself.
     *
     * @param scored how many dimensions of a set can be scored anywhere in the stream
     */
    public Choice choose(ToIntFunction<DimensionSet> scored) {
        List<String> reasons = new ArrayList<>();
        for (DimensionSetVersion set : sets) {
            DimensionSet definition = set.definition();
            int required = definition.minDimensionsRequired();
            boolean last = set.equals(sets.getLast());
            int found = last && required == 1 ? required : scored.applyAsInt(definition);
            if (found >= required) {
                return new Choice.Chosen(set);
            }
            reasons.add(String.format(
                    Locale.ROOT,
                    "%d of the %d dimensions of %s could be scored, %d are required",
                    found,
                    definition.dimensions().size(),
                    definition.id(),
                    required));
        }
        return new Choice.TooFewDimensions("Too little could be scored: " + String.join("; ", reasons)
                + (sets.size() == 1 ? ", and it has no set to fall back on." : "."));
    }
}
