package tv.tldr.api.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * A server that runs beside this process until it is closed. It has a session of its own: Ctrl-C in the terminal reaches
 * this process alone, which then ends its children in the right order.
 */
final class ChildProcess implements AutoCloseable {
    private static final int GRACE_SECONDS = 8;
    private static final List<String> KEPT = List.of("PATH", "HOME", "TMPDIR", "USER");

    private final Process process;
    private final Path log;

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @param log where its output goes, from the beginning */
    static ChildProcess start(List<String> command, Path log) throws IOException {
        List<String> line = new ArrayList<>(ownSession());
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        keepOnlyHarmless(builder.environment());
        return new ChildProcess(builder.start(), log);
    }

    /** Removes what would change a server's behaviour or hand it a secret, such as TEMPORAL_API_KEY. */
    static void keepOnlyHarmless(Map<String, String> environment) {
        environment.keySet().retainAll(KEPT);
        environment.put("LC_ALL", "C");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Completed when it has ended, in whichever way. */
    CompletableFuture<?> ended() {
        return process.onExit();
    }

    /** The last words of its log, for a message. */
    String lastWords() {
        return lastWords(log);
    }

    static String lastWords(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> !line.isBlank())
                    .reduce((earlier, later) -> later)
                    .orElse("it said nothing");
        } catch (IOException e) {
            return "its log cannot be read";
        }
    }

    @Override
    public void close() {
        Orphans.end(process.toHandle(), GRACE_SECONDS);
    }

    private static List<String> ownSession() {
        if (onPath("setsid").isPresent()) {
            return List.of("setsid");
        }
        // macOS has no setsid program, but always perl.
        return onPath("perl").isPresent()
                ? List.of("perl", "-e", "use POSIX; POSIX::setsid(); exec @ARGV or die $!")
                : List.of();
    }

    /** The program of that name which the shell would run. */
    static Optional<Path> onPath(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
