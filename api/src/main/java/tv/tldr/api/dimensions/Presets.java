package tv.tldr.api.dimensions;

import java.util.Arrays;
import java.util.stream.Collectors;
import tv.tldr.workflows.scoring.Preset;

/** How are the presets told to a person? */
public final class Presets {
    private Presets() {}

    /** All of them in one line. */
    public static String names() {
        return Arrays.stream(Preset.values()).map(Preset::wire).collect(Collectors.joining(", "));
    }
}
