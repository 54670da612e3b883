package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import tv.tldr.api.doctor.Diagnosis;
import tv.tldr.api.doctor.Doctor;
import tv.tldr.api.doctor.Finding;
import tv.tldr.api.doctor.Limits;
import tv.tldr.api.doctor.Patient;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.embedded.SettingSources;

/** An installation whose settings stand in a {@code .env} of its own, with a doctor who is asked of one check after the other. */
final class Ward {
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final Limits LIMITS =
            Limits.USUAL.withWorkerSilence(Duration.ofSeconds(5)).withIdle(Duration.ofMillis(300));

    private Limits limits = LIMITS;

    private final FaultMatrix matrix;
    private final Path folder;
    private final Map<String, String> settings = new LinkedHashMap<>();

    Ward(FaultMatrix matrix, Path folder) {
        this.matrix = matrix;
        this.folder = folder;
    }

    /** What breaks something. */
    @FunctionalInterface
    interface Cause {
        void run() throws Exception;
    }

    /** Mends it, if it can by what was printed, and says how. */
    @FunctionalInterface
    interface Mending {
        Mended by(Finding finding) throws Exception;
    }

    /** Tasks may wait for so long from now on; as long as usual: {@link Limits#USUAL}'s. */
    void waitingAtMost(Duration longest) {
        limits = LIMITS.withWaiting(longest);
    }

    Path folder() {
        return folder;
    }

    /** Sets it in {@code .env}; empty: takes it out. */
    Ward set(String name, String value) throws IOException {
        if (value.isEmpty()) {
            settings.remove(name);
        } else {
            settings.put(name, value);
        }
        StringBuilder text = new StringBuilder();
        settings.forEach((key, set) -> text.append(key).append('=').append(set).append('\n'));
        Path file = Files.writeString(folder.resolve(".env"), text.toString());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return this;
    }

    /** Finds nothing, then what was caused, then nothing again once it is mended. */
    void row(String fault, String check, Cause cause, Mending mending) throws Exception {
        await(check + " before").atMost(SOON).untilAsserted(() -> assertWell(check));
        cause.run();
        long caused = System.nanoTime();
        AtomicReference<Finding> found = new AtomicReference<>();
        await(check).atMost(SOON).until(() -> {
            look(check).findings().stream().findFirst().ifPresent(found::set);
            return found.get() != null;
        });
        Finding finding = found.get();
        assertThat(finding.evidence())
                .as("words for people")
                .isNotBlank()
                .doesNotContain("Exception", "UNAVAILABLE", "DEADLINE_EXCEEDED", "(08");
        assertThat(finding.fix()).isNotBlank().doesNotContainPattern("[{][a-z]+}");
        Duration foundAfter = since(caused);
        Mended how = mending.by(finding);
        long mended = System.nanoTime();
        await(check + " after").atMost(SOON).untilAsserted(() -> assertWell(check));
        matrix.add(fault, finding, how, foundAfter, since(mended));
    }

    /** Puts a setting into {@code .env} as the command has it. */
    Mended asSet(Finding finding) throws IOException {
        String[] words = finding.fix().strip().split("=", 2);
        set(words[0], words[1].strip());
        return Mended.asPrinted("set in .env");
    }

    /** Commands of the program, as a person types them, as far as each is done. */
    Mended asTyped(Finding finding) {
        String[] commands = finding.fix().split(" && ", -1);
        for (String command : commands) {
            done(command, Map.of());
        }
        return Mended.asPrinted(commands.length == 1 ? "the command" : "the commands");
    }

    /** One of them, and what it says. */
    Typed done(String command, Map<String, String> environment) {
        Typed typed = Typed.with(
                environment, folder, command.replaceFirst("^\\./tldr ", "").split(" ", -1));
        assertThat(typed.exitCode()).as("%s: %s", command, typed).isZero();
        return typed;
    }

    /** The doctor's own hand. */
    Mended byDoctor(Finding finding) {
        Typed doctor =
                Typed.in(folder, "doctor", "--fix", "--only", finding.check().id());
        assertThat(doctor.exitCode()).as("%s", doctor).isZero();
        assertThat(doctor.err()).contains("Mended " + finding.check().id());
        return new Mended(Mended.Way.FIX, "`./tldr doctor --fix`");
    }

    Diagnosis look(String... checks) {
        try {
            Home home = new Home(folder.resolve(".tldr"));
            return new Doctor(Patient.of(home, SettingSources.read(Map.of(), home.dotEnv())), limits)
                    .examine(Set.of(checks));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertWell(String check) {
        Diagnosis diagnosis = look(check);
        assertThat(diagnosis.healthy()).as("%s", diagnosis).contains(check);
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
