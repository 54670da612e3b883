package tv.tldr.api.streams;

import java.util.List;

/** Which presets can be named in {@code dimension_set_id}? */
final class PresetNames {
    private static final List<String> ALL = List.of(
            "gaming_default",
            "education_default",
            "corporate_default",
            "sports_default",
            "music_default",
            "podcast_default",
            "security_default");

    private PresetNames() {}

    static boolean contains(String name) {
        return ALL.contains(name);
    }

    static String list() {
        return String.join(", ", ALL);
    }
}
