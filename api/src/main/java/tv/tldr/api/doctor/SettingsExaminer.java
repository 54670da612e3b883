package tv.tldr.api.doctor;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tv.tldr.api.embedded.Setting;
import tv.tldr.api.embedded.SettingProblem;

/** Are the settings such that the program starts, and that nobody guesses them? */
record SettingsExaminer(Patient patient) implements Examiner {
    private static final int FEW = 8;

    @Override
    public String area() {
        return "settings";
    }

    @Override
    public void examine(Chart chart) {
        List<SettingProblem> problems =
                patient.within() ? List.of() : patient.sources().settings().problems();
        problems.forEach(problem -> chart.found(
                "settings-wrong",
                problem.name() + " " + problem.fault(),
                "setting",
                problem.name(),
                "example",
                problem.example()));
        Stream.of(Setting.SECRET_KEY, Setting.WEBHOOK_SECRET_KEY)
                .filter(name -> patient.sources()
                        .settings()
                        .get(name)
                        .filter(SettingsExaminer::isWeak)
                        .isPresent())
                .forEach(name -> chart.found(
                        "settings-weak",
                        name + " has few different characters, or a usual word in it",
                        "setting",
                        name));
        patient.sources()
                .open()
                .forEach(
                        file -> chart.found("settings-open", file + " can be read by others", "file", file.toString()));
        patient.sources().idle().forEach(line -> chart.found("settings-idle", line));
    }

    static boolean isWeak(String secret) {
        String lower = secret.toLowerCase(Locale.ROOT);
        return secret.chars().distinct().count() < FEW
                || Stream.of("changeme", "change-me", "password", "secretkey", "example")
                        .anyMatch(lower::contains);
    }
}
