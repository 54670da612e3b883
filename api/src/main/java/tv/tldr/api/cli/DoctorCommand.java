package tv.tldr.api.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tv.tldr.api.doctor.Check;
import tv.tldr.api.doctor.CheckCatalogue;
import tv.tldr.api.doctor.Diagnosis;
import tv.tldr.api.doctor.Doctor;
import tv.tldr.api.doctor.Finding;
import tv.tldr.api.doctor.Limits;
import tv.tldr.api.doctor.Patient;
import tv.tldr.api.doctor.Remedies;
import tv.tldr.api.doctor.Severity;

/** {@code tldr doctor}: what is wrong here, and which command mends it? */
@Command(
        name = "doctor",
        description =
                "Finds what is wrong: how it is known, what it means, and the command that mends it. Starts nothing.",
        footer = {
            "",
            "docs/troubleshooting.md explains each check.",
            "Exit status: 0 nothing found · 1 failed · 2 wrong usage · 3 warnings, or not all could be looked at · 4 errors"
        })
final class DoctorCommand implements Callable<Integer> {
    private static final int WARNINGS = 3;
    private static final int ERRORS = 4;
    private static final Duration TAKING_EFFECT = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Surroundings surroundings;

    @Option(names = "--fix", description = "Mend what only lacks something, then look again.")
    private boolean fix;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "CHECK",
            description = "Make these checks alone, or those of an area, such as database.")
    private @Nullable Set<String> only;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Option(
            names = {"-v", "--verbose"},
            description = "Name the checks that found nothing, too.")
    private boolean verbose;

    @Spec
    private @Nullable CommandSpec spec;

    DoctorCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        ConsoleLog.silenceUntilConfigured();
        Set<String> checks = only == null ? Set.of() : known(only);
        Messages messages = new Messages(surroundings.err(), json);
        Diagnosis diagnosis = examine(checks);
        if (fix) {
            diagnosis = mended(diagnosis, checks, messages);
        }
        surroundings.print(
                json
                        ? List.of(DiagnosisText.json(diagnosis))
                        : DiagnosisText.lines(diagnosis, verbose, surroundings.colours()),
                "");
        int code = exitCode(diagnosis.worst());
        return diagnosis.isIncomplete() ? Math.max(code, WARNINGS) : code;
    }

    private Diagnosis examine(Set<String> checks) throws IOException {
        // An area always has some that cannot be looked at: of folders where there is a bucket.
        Set<String> named = only == null ? Set.of() : only;
        return new Doctor(patient(), Limits.USUAL).examine(checks, named);
    }

    private Patient patient() throws IOException {
        return Patient.of(surroundings.home(), surroundings.sources());
    }

    /**
     * Mends what can be mended, and what shows only then: a new namespace lacks its search attributes. Temporal learns of a
     * namespace seconds after it is made, so what was mended is looked at until it is well, and what could not be mended beside
     * it is tried again, for {@link #TAKING_EFFECT}.
     */
    private Diagnosis mended(Diagnosis found, Set<String> checks, Messages messages) throws IOException {
        long deadline = System.nanoTime() + TAKING_EFFECT.toNanos();
        Diagnosis diagnosis = found;
        Map<String, String> mended = new LinkedHashMap<>();
        Map<String, String> refused = new LinkedHashMap<>();
        while (true) {
            refused.clear();
            boolean more = mend(diagnosis, mended, refused, messages);
            boolean settled = mended.isEmpty()
                    || (refused.isEmpty() && mended.values().stream().noneMatch(diagnosis::has));
            if (!more && (settled || System.nanoTime() > deadline)) {
                refused.forEach((check, reason) -> messages.warn(check + " cannot be mended from here: " + reason));
                return diagnosis;
            }
            if (!more) {
                Pause.of(BETWEEN_LOOKS);
            }
            diagnosis = examine(checks);
        }
    }

    /**
     * Whether anything was mended.
     *
     * @param mended the check of each remedy that was applied: none is twice; more are added
     * @param refused why a check could not be mended, to be added
     */
    private boolean mend(
            Diagnosis diagnosis, Map<String, String> mended, Map<String, String> refused, Messages messages)
            throws IOException {
        Remedies remedies = new Remedies(patient());
        boolean any = false;
        for (Finding finding : diagnosis.findings()) {
            String check = finding.check().id();
            if (!finding.check().safe() || mended.containsKey(finding.fix())) {
                continue;
            }
            try {
                messages.say("Mended " + check + ": " + remedies.mend(finding) + ".");
                mended.put(finding.fix(), check);
                any = true;
            } catch (Exception cannot) {
                refused.put(check, firstLine(cannot));
            }
        }
        return any;
    }

    private static String firstLine(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("failed");
    }

    /** Checks that are named, and all of the areas that are. */
    private Set<String> known(Set<String> wanted) {
        Set<String> checks = new LinkedHashSet<>();
        List<String> unknown = new ArrayList<>();
        for (String name : wanted) {
            List<String> meant = CheckCatalogue.all().stream()
                    .filter(check -> check.id().equals(name) || check.area().equals(name))
                    .map(Check::id)
                    .toList();
            checks.addAll(meant);
            if (meant.isEmpty()) {
                unknown.add(name);
            }
        }
        if (!unknown.isEmpty()) {
            CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
            throw new CommandLine.ParameterException(
                    line,
                    "there is no check " + String.join(", ", unknown) + "; there are "
                            + CheckCatalogue.all().stream().map(Check::id).collect(Collectors.joining(", "))
                            + "; areas: "
                            + CheckCatalogue.all().stream()
                                    .map(Check::area)
                                    .distinct()
                                    .collect(Collectors.joining(", ")));
        }
        return checks;
    }

    private static int exitCode(Optional<Severity> worst) {
        return worst.map(severity -> switch (severity) {
                    case NOTE -> ExitCode.OK;
                    case WARNING -> WARNINGS;
                    case ERROR -> ERRORS;
                })
                .orElse(ExitCode.OK);
    }
}
