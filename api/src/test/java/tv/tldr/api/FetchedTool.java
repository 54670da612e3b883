package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Where is a program that only the tests need, and that no Maven repository has? Fetched once in exactly this version, with
 * Python's, Node's, Go's or Debian's own installer, into a folder beside the project's other things. Where that is not possible the test
 * is passed over and says so, unless {@code -Dtools=required}.
 */
final class FetchedTool {
    private static final Path CACHE =
            Path.of("..", ".tldr", "tools").toAbsolutePath().normalize();
    private static final boolean REQUIRED = "required".equals(System.getProperty("tools"));
    private static final Duration FETCHING = Duration.ofMinutes(15);

    private final Path program;

    private FetchedTool(Path program) {
        this.program = program;
    }

    /** A program of a package of PyPI, in an environment of its own. */
    static FetchedTool python(String name, String version, String program) {
        Path folder = CACHE.resolve(name + "-" + version);
        return fetched(folder, folder.resolve("bin").resolve(program), () -> {
            run(List.of("python3", "-m", "venv", folder.toString()));
            run(List.of(
                    folder.resolve("bin/python").toString(),
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    "--no-input",
                    name + "==" + version));
        });
    }

    /** A program of an npm package; no script of a package is run while it is installed. */
    static FetchedTool node(String name, String version, String program) {
        Path folder = CACHE.resolve(program + "-" + version);
        return fetched(folder, folder.resolve("node_modules/.bin").resolve(program), () -> {
            Files.createDirectories(folder);
            run(List.of(
                    "npm",
                    "install",
                    "--silent",
                    "--ignore-scripts",
                    "--no-audit",
                    "--no-fund",
                    "--prefix",
                    folder.toString(),
                    name + "@" + version));
        });
    }

    /** A program of a package of Debian, in the version that this machine's release has; nothing is installed. */
    static FetchedTool debian(String name, String program) {
        Path folder = CACHE.resolve(name);
        return fetched(folder, folder.resolve(program), () -> {
            Files.createDirectories(folder);
            run(List.of("sh", "-c", """
                    cd "$0" && { apt-get download "$1" || { apt-get update && apt-get download "$1"; } } \
                        && dpkg-deb -x "$1"_*.deb . && rm "$1"_*.deb
                    """, folder.toString(), name));
        });
    }

    /** A program that Go builds. */
    static FetchedTool go(String module, String version, String program) {
        Path folder = CACHE.resolve(program + "-" + version);
        return fetched(
                folder,
                folder.resolve(program),
                () -> run(List.of("env", "GOBIN=" + folder, "go", "install", module + "@v" + version)));
    }

    /** Whether it was fetched before. */
    static boolean isThere(String folder) {
        return Files.exists(CACHE.resolve(folder).resolve("fetched"));
    }

    /** For what runs beside the test. */
    Path path() {
        return program;
    }

    /** Runs it until it ends; what it wrote is in {@code log}. */
    int run(Path folder, Path log, Duration patience, Map<String, String> environment, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(program.toString()));
        line.addAll(arguments);
        return execute(line, folder, log, patience, environment);
    }

    private interface Fetching {
        void run() throws IOException, InterruptedException;
    }

    private static FetchedTool fetched(Path folder, Path program, Fetching fetching) {
        Path done = folder.resolve("fetched");
        try {
            Files.createDirectories(CACHE);
            // Several processes run tests at once.
            try (FileChannel lock = FileChannel.open(
                            CACHE.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = lock.lock()) {
                if (!Files.exists(done)) {
                    fetching.run();
                    Files.createFile(done);
                }
            }
            assertThat(program).isExecutable();
        } catch (IOException | InterruptedException e) {
            String why = "%s cannot be fetched, so what it looks at is not tested: %s (see %s)"
                    .formatted(folder.getFileName(), e.getMessage(), CACHE.resolve("log"));
            assertThat(REQUIRED).as(why).isFalse();
            Assumptions.abort(why);
        }
        return new FetchedTool(program);
    }

    private static void run(List<String> line) throws IOException, InterruptedException {
        int code = execute(line, CACHE, CACHE.resolve("log"), FETCHING, Map.of());
        if (code != 0) {
            throw new IOException(String.join(" ", line) + " ended with " + code);
        }
    }

    private static int execute(
            List<String> line, Path folder, Path log, Duration patience, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(Map.of("NO_COLOR", "1", "PYTHONUNBUFFERED", "1", "PYTHONIOENCODING", "utf-8"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            throw new IOException(line.getFirst() + " did not end within " + patience + "; see " + log);
        }
        return process.exitValue();
    }
}
