package tv.tldr.api.doctor;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.embedded.RunningInstance;
import tv.tldr.api.embedded.RunningServers;
import tv.tldr.api.embedded.SettingProblem;
import tv.tldr.api.embedded.SettingSources;
import tv.tldr.api.embedded.Settings;

/**
 * Who is looked at?
 *
 * @param sources what was set, and where
 * @param settings what counts, with the addresses of servers that the running instance started
 * @param instance what runs on this home in another process; empty: nothing does
 * @param waiting how many requests of this process wait for a connection, when it is that instance itself; else null
 */
public record Patient(
        Home home,
        SettingSources sources,
        Settings settings,
        Optional<RunningInstance> instance,
        @Nullable IntSupplier waiting) {
    /** As the command line sees it: what is set, and what runs on this home, if anything does. */
    public static Patient of(Home home, SettingSources sources) throws IOException {
        Settings settings = sources.settings();
        Optional<RunningInstance> running = RunningInstance.read(home).filter(RunningInstance::isAlive);
        if (running.isEmpty()) {
            return new Patient(home, sources, settings, running, null);
        }
        Map<String, String> values = new LinkedHashMap<>(settings.values());
        values.putAll(RunningServers.settings(home, settings, running.get()));
        return new Patient(home, sources, new Settings(values), running, null);
    }

    /** As a process sees itself. */
    public static Patient within(Home home, Map<String, String> values, IntSupplier waiting) {
        SettingSources sources =
                new SettingSources(List.of(new SettingSources.Place("this process", values)), List.of(), List.of());
        return new Patient(home, sources, sources.settings(), Optional.empty(), waiting);
    }

    /** Whether it is the instance itself that looks: then nothing is asked for that costs, or of it. */
    boolean within() {
        return waiting != null;
    }

    /** What is wrong with the settings; a process that looks at itself has started with them. */
    List<SettingProblem> problems() {
        return within() ? List.of() : sources.settings().problems();
    }

    /** Settings of one of the program's own parts, made of what is set. */
    static <T> T bound(String prefix, Class<T> type, Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
    }

    String value(String setting) {
        return settings.effective(setting);
    }
}
