package tv.tldr.api.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Where does each value come from? The environment goes before the profile's file, {@code .env.production}, and that before
 * {@code .env}. An empty value is one that was not set.
 *
 * @param places the strongest first
 * @param idle what in them has no effect, a sentence each; no value
 * @param open files with secrets that others may read
 */
public record SettingSources(List<Place> places, List<String> idle, List<Path> open) {
    static final String ENVIRONMENT = "environment";
    private static final int NEAR = 2;
    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    public SettingSources {
        places = List.copyOf(places);
        idle = List.copyOf(idle);
        open = List.copyOf(open);
    }

    /**
     * What one place says.
     *
     * @param name such as {@code .env}
     */
    public record Place(String name, Map<String, String> values) {
        public Place {
            values = Map.copyOf(values);
        }
    }

    /** @param dotEnv where {@code .env} is, if there is one; the profile's file lies beside it */
    public static SettingSources read(Map<String, String> environment, Path dotEnv) throws IOException {
        List<String> idle = new ArrayList<>();
        List<Path> open = new ArrayList<>();
        Place set = new Place(ENVIRONMENT, withoutEmpty(environment));
        Place common = file(dotEnv, idle, open);
        String profile = Optional.ofNullable(set.values().get(Setting.APP_ENVIRONMENT))
                .or(() -> Optional.ofNullable(common.values().get(Setting.APP_ENVIRONMENT)))
                .filter(name -> SettingCatalogue.of(Setting.APP_ENVIRONMENT)
                        .problem(name)
                        .isEmpty())
                .orElse(SettingCatalogue.of(Setting.APP_ENVIRONMENT).defaultValue());
        Place own = file(dotEnv.resolveSibling(dotEnv.getFileName() + "." + profile), idle, open);
        if (own.values().containsKey(Setting.APP_ENVIRONMENT)) {
            idle.add(own.name() + " sets APP_ENVIRONMENT, by which it was chosen itself: that has no effect");
        }
        Map<String, String> effective = new HashMap<>(own.values());
        effective.remove(Setting.APP_ENVIRONMENT);
        return new SettingSources(List.of(set, new Place(own.name(), effective), common), idle, open);
    }

    /** What counts. */
    public Settings settings() {
        Map<String, String> values = new LinkedHashMap<>();
        places.reversed().forEach(place -> values.putAll(place.values()));
        return new Settings(values);
    }

    /** What somebody should know, a sentence each. */
    public List<String> warnings() {
        return Stream.concat(
                        idle.stream(),
                        open.stream()
                                .map(file -> file.getFileName() + " holds secrets and others may read it: chmod 600 "
                                        + file))
                .toList();
    }

    /** The name of the place whose value of a setting counts; empty when none has one. */
    public Optional<String> of(String setting) {
        return places.stream()
                .filter(place -> place.values().containsKey(setting))
                .map(Place::name)
                .findFirst();
    }

    private static Map<String, String> withoutEmpty(Map<String, String> values) {
        Map<String, String> set = new LinkedHashMap<>(values);
        set.values().removeIf(String::isEmpty);
        return set;
    }

    private static Place file(Path path, List<String> idle, List<Path> open) throws IOException {
        String name = path.getFileName().toString();
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            return new Place(name, Map.of());
        }
        SettingFile file = SettingFile.parse(Files.readString(path));
        file.unreadable().forEach(line -> idle.add(name + ", line " + line + " is not NAME=value: it has no effect"));
        Map<String, String> values = new LinkedHashMap<>(withoutEmpty(file.values()));
        values.keySet().removeIf(key -> {
            boolean launcher =
                    SettingCatalogue.has(key) && SettingCatalogue.of(key).launcher();
            if (launcher) {
                idle.add(name + " sets " + key + ", which counts in the environment alone");
            }
            return launcher;
        });
        values.keySet().forEach(key -> meant(key)
                .ifPresent(near -> idle.add(name + " sets " + key + ", which is no setting: " + near + " is one")));
        if (isOpen(path) && holdsSecret(values)) {
            open.add(path);
        }
        return new Place(name, values);
    }

    /** A setting that is nearly written so. Any other name may be somebody else's: Docker Compose reads the same file. */
    private static Optional<String> meant(String name) {
        if (SettingCatalogue.has(name)) {
            return Optional.empty();
        }
        LevenshteinDistance distance = new LevenshteinDistance(NEAR);
        return SettingCatalogue.all().stream()
                .map(Setting::name)
                .filter(known -> distance.apply(known, name) >= 0)
                .findFirst();
    }

    private static boolean holdsSecret(Map<String, String> values) {
        return values.keySet().stream()
                .anyMatch(name ->
                        SettingCatalogue.has(name) && SettingCatalogue.of(name).isSecret());
    }

    /** Whether anybody but its owner may read or change the file. */
    private static boolean isOpen(Path path) throws IOException {
        try {
            return Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains);
        } catch (UnsupportedOperationException noPermissions) {
            return false;
        }
    }
}
