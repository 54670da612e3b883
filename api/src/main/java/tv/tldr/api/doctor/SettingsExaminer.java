package tv.tldr.api.doctor;

import java.io.IOException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tv.tldr.api.embedded.RunningInstance;
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
    public void examine(Chart chart) throws IOException {
        List<SettingProblem> problems = patient.problems();
        problems.forEach(problem -> chart.found(
                "settings-wrong",
                problem.name() + " " + problem.fault(),
                "setting",
                problem.name(),
                "example",
                problem.example()));
        Stream.of(Setting.SECRET_KEY, Setting.WEBHOOK_SECRET_KEY)
                // One that is too short is told of already.
                .filter(name ->
                        problems.stream().noneMatch(problem -> problem.name().equals(name)))
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
        payloads(chart);
    }

    private void payloads(Chart chart) throws IOException {
        Optional<String> temporal = patient.sources().settings().get(Setting.TEMPORAL_ADDRESS);
        if (temporal.isEmpty()
                || isStartedHere(temporal.get())
                || !patient.value(Setting.APP_ENVIRONMENT).equals("production")
                || !patient.value("TEMPORAL_PAYLOAD_KEYS").isEmpty()) {
            return;
        }
        chart.found(
                "settings-payloads",
                "APP_ENVIRONMENT is production, and TEMPORAL_PAYLOAD_KEYS is not set: " + temporal.get()
                        + " is told everything in the clear",
                "id",
                YearMonth.now(ZoneOffset.UTC).toString());
    }

    /** A process that looks at itself has the address of its own server among its settings. */
    private boolean isStartedHere(String address) throws IOException {
        return patient.within()
                && RunningInstance.read(patient.home())
                        .map(RunningInstance::temporal)
                        .filter(address::equals)
                        .isPresent();
    }

    static boolean isWeak(String secret) {
        String lower = secret.toLowerCase(Locale.ROOT);
        return secret.chars().distinct().count() < FEW
                || Stream.of("changeme", "change-me", "password", "secretkey", "example")
                        .anyMatch(lower::contains);
    }
}
