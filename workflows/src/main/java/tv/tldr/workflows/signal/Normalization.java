package tv.tldr.workflows.signal;

import org.jspecify.annotations.Nullable;

/**
 * How does one kind of signal become comparable with its own stream? The numbers are data, one line a kind, in
 * {@code normalization.json}.
 *
 * @param transform what is done to a value before anything is compared
 * @param least the lowest value that is told apart, in the signal's unit
 * @param spreadAtLeast the smallest spread that counts as variation, in transformed units: keeps a flat stream flat
 * @param within the seconds that the usual is taken from
 * @param outside what the seconds outside of {@code within} count as, in the signal's unit; null: they stay as they are
 */
record Normalization(
        Transform transform,
        double least,
        double spreadAtLeast,
        Within within,
        @Nullable Double outside) {
    enum Transform {
        /** Linear above {@code least}: decibels, shares, counts. */
        LEVEL,
        /** Natural logarithm above {@code least}: sizes and frequencies, where ratios matter. */
        LOGARITHM
    }

    enum Within {
        EVERYTHING,
        /** Seconds with sound: a stream that is mostly silent is still compared by its sound. */
        AUDIBLE,
        /** Seconds whose picture changes: the frame sizes of a still picture are chance. */
        MOVING
    }

    /** The value on the scale that deviations are counted on; NaN for what is no measurement. */
    double apply(float value) {
        if (Float.isNaN(value) || value == Float.POSITIVE_INFINITY) {
            return Double.NaN;
        }
        double floored = Math.max(value, least);
        return switch (transform) {
            case LEVEL -> floored;
            case LOGARITHM -> StrictMath.log(floored);
        };
    }

    static Normalization of(SignalKind kind) {
        return NormalizationTable.TABLE.of(kind);
    }
}
