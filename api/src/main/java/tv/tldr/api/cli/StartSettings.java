package tv.tldr.api.cli;

import java.util.List;
import java.util.stream.Collectors;
import tv.tldr.api.embedded.SettingProblem;
import tv.tldr.api.embedded.Settings;

/** May the program start with these settings? */
final class StartSettings {
    private StartSettings() {}

    /** @throws WrongSettings with one line for each that is wrong */
    static Settings checked(Settings settings) {
        List<SettingProblem> problems = settings.problems();
        if (!problems.isEmpty()) {
            throw new WrongSettings(problems.stream()
                    .map(SettingProblem::toString)
                    .collect(Collectors.joining(System.lineSeparator())));
        }
        return settings;
    }

    /** The lines are the message; the exit code is that of wrong usage. */
    static final class WrongSettings extends RuntimeException {
        WrongSettings(String lines) {
            super(lines);
        }
    }
}
