package tv.tldr.api.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where is a {@code temporal} program, which carries the development server? */
final class TemporalCli {
    private static final String NONE = "none";

    private TemporalCli() {}

    /**
     * @param configured a path, {@code none} to do without, or nothing to look on PATH
     * @throws StartFailure when the configured path is not a program
     */
    static Optional<Path> find(String configured) {
        if (NONE.equals(configured)) {
            return Optional.empty();
        }
        if (configured.isEmpty()) {
            return ChildProcess.onPath("temporal");
        }
        Path program = Path.of(configured);
        if (!Files.isExecutable(program) || Files.isDirectory(program)) {
            throw new StartFailure("TEMPORAL_CLI: " + configured
                    + " is not a program; give the path of the temporal command, such as /usr/local/bin/temporal.");
        }
        return Optional.of(program.toAbsolutePath());
    }
}
