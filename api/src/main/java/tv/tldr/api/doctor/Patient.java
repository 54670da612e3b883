package tv.tldr.api.doctor;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.embedded.RunningInstance;
import tv.tldr.api.embedded.RunningServers;
import tv.tldr.api.embedded.SettingSources;
import tv.tldr.api.embedded.Settings;

/**
 * Who is looked at?
 *
 * @param sources what was set, and where
 * @param settings what counts, with the addresses of servers that the running instance started
 * @param instance what runs on this home in another process; empty: nothing does
 * @param within whether this is that process itself: then nothing is asked for that costs, or of it
 */
public record Patient(
        Home home, SettingSources sources, Settings settings, Optional<RunningInstance> instance, boolean within) {
    /** As the command line sees it: what is set, and what runs on this home, if anything does. */
    public static Patient of(Home home, SettingSources sources) throws IOException {
        Settings settings = sources.settings();
        Optional<RunningInstance> running = RunningInstance.read(home)
                .filter(instance -> ProcessHandle.of(instance.pid()).isPresent());
        if (running.isEmpty()) {
            return new Patient(home, sources, settings, running, false);
        }
        Map<String, String> values = new LinkedHashMap<>(settings.values());
        values.putAll(RunningServers.settings(home, settings, running.get()));
        return new Patient(home, sources, new Settings(values), running, false);
    }

    /** As a process sees itself. */
    public static Patient within(Home home, Map<String, String> values) {
        SettingSources sources =
                new SettingSources(List.of(new SettingSources.Place("this process", values)), List.of(), List.of());
        return new Patient(home, sources, sources.settings(), Optional.empty(), true);
    }

    /** Settings of one of the program's own parts, made of what is set. */
    static <T> T bound(String prefix, Class<T> type, Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
    }

    String value(String setting) {
        return settings.effective(setting);
    }
}
