package tv.tldr.workflows.scoring;

/**
 * A dimension set as it was at one time.
 *
 * @param version from 1; presets have the version 1 of each release
 */
public record DimensionSetVersion(int version, DimensionSet definition) {
    /** The preset as this release has it. */
    public static DimensionSetVersion of(Preset preset) {
        return new DimensionSetVersion(1, preset.dimensionSet());
    }
}
