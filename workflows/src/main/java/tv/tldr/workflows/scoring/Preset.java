package tv.tldr.workflows.scoring;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which dimension sets come with the product? Each is a file in {@code presets/}, read once. */
public enum Preset {
    GAMING_DEFAULT,
    EDUCATION_DEFAULT,
    CORPORATE_DEFAULT,
    SPORTS_DEFAULT,
    MUSIC_DEFAULT,
    PODCAST_DEFAULT,
    SECURITY_DEFAULT;

    /** The preset with that id, such as {@code gaming_default}. */
    public static Optional<Preset> named(String id) {
        return Arrays.stream(values())
                .filter(preset -> preset.wire().equals(id))
                .findFirst();
    }

    public DimensionSet dimensionSet() {
        return PresetFile.of(this);
    }

    /** The word on the wire, lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
