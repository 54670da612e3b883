package tv.tldr.api.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import tv.tldr.api.doctor.Doctor;
import tv.tldr.api.doctor.Limits;
import tv.tldr.api.doctor.Patient;

/**
 * What does the JVM see when the program starts? The launcher runs this once after a build, with the JVM writing down what
 * it loaded and compiled, so that later starts need not do it again.
 */
@Command(name = "warm-up", hidden = true, description = "Starts everything in an empty TLDR_HOME, and ends.")
final class WarmUpCommand implements Runnable {
    private final Surroundings surroundings;
    private final Cleanup cleanup;

    WarmUpCommand(Surroundings surroundings, Cleanup cleanup) {
        this.surroundings = surroundings;
        this.cleanup = cleanup;
    }

    @Override
    public void run() {
        try {
            Messages messages = new Messages(surroundings.err(), true);
            ApiSession session = new ApiSession(
                    surroundings.home(),
                    surroundings.settings(),
                    cleanup,
                    messages,
                    Optional.empty(),
                    ApiSession.Use.WORK);
            session.ask(client -> client.list("/api/v1/streams"));
            new Doctor(Patient.of(surroundings.home(), surroundings.sources()), Limits.USUAL).examine(Set.of());
        } catch (IOException e) {
            throw new Failure("The warm-up failed: " + e.getMessage(), e);
        }
    }
}
