package tv.tldr.api.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Which settings are there? Those of {@code settings.yml}, in its order. */
public final class SettingCatalogue {
    private static final String HOME = ".tldr/";
    private static final Map<String, Setting> ALL = read();

    private SettingCatalogue() {}

    public static List<Setting> all() {
        return List.copyOf(ALL.values());
    }

    /** @throws NullPointerException when there is no such setting, which is a fault of the program */
    public static Setting of(String name) {
        return Objects.requireNonNull(ALL.get(name), name);
    }

    /** What counts where nothing is set, by name; folders of {@code .tldr} are those of {@code home}. */
    public static Map<String, String> defaults(Home home) {
        Map<String, String> defaults = new LinkedHashMap<>();
        ALL.values().stream()
                .filter(setting ->
                        !setting.launcher() && !setting.defaultValue().isEmpty())
                .forEach(setting -> defaults.put(
                        setting.name(),
                        setting.defaultValue().startsWith(HOME)
                                ? home.folder()
                                        .resolve(setting.defaultValue().substring(HOME.length()))
                                        .toString()
                                : setting.defaultValue()));
        return defaults;
    }

    static boolean has(String name) {
        return ALL.containsKey(name);
    }

    private static Map<String, Setting> read() {
        try (InputStream in = Objects.requireNonNull(SettingCatalogue.class.getResourceAsStream("settings.yml"))) {
            Map<String, Map<String, Map<String, Object>>> groups =
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            List<Setting> settings = new ArrayList<>();
            groups.forEach(
                    (group, members) -> members.forEach((name, facts) -> settings.add(setting(name, group, facts))));
            Map<String, Setting> byName = new LinkedHashMap<>();
            settings.forEach(setting -> byName.put(setting.name(), setting));
            return byName;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Setting setting(String name, String group, Map<String, Object> facts) {
        return new Setting(
                name,
                group,
                SettingType.parse(text(facts, "is")),
                text(facts, "default"),
                text(facts, "example"),
                text(facts, "about"),
                Boolean.TRUE.equals(facts.get("launcher")));
    }

    private static String text(Map<String, Object> facts, String key) {
        return Objects.toString(facts.get(key), "");
    }
}
