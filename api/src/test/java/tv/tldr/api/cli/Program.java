package tv.tldr.api.cli;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import tv.tldr.api.Exposition;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.embedded.RunningInstance;
import tv.tldr.api.embedded.UnpackedServers;

/** The packaged program as a process of its own, as the launcher starts it. */
final class Program implements AutoCloseable {
    /** What the tests' own surroundings must not set. */
    static final List<String> SETTINGS = List.of("PORT", "DATABASE_URL", "TEMPORAL_ADDRESS", "SECRET_KEY");

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** What a script starts with {@code &} ignores Ctrl-C, and so does all that it starts, such as these tests' programs. */
    private static final List<String> HEARING_CTRL_C = hearingCtrlC();
    /** Root without the privilege to read what it is not permitted to. */
    private static final List<String> WITHOUT_PRIVILEGES =
            List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");

    private final Process process;
    private final Home home;
    private final boolean guest;
    private final Path out;
    private final Path err;

    private Program(Process process, Home home, boolean guest, Path out, Path err) {
        this.process = process;
        this.home = home;
        this.guest = guest;
        this.out = out;
        this.err = err;
    }

    /** Starts it in {@code folder}, with the embedded default in {@code .tldr} there. */
    static Program start(Path folder, String... arguments) throws IOException {
        return start(folder, false, List.of(), arguments);
    }

    /** Starts it as somebody for whom a file's permissions count, where {@link #canDropPrivileges} says so. */
    static Program startWithoutPrivileges(Path folder, String... arguments) throws IOException {
        boolean dropping = isRoot() && canDropPrivileges();
        return start(folder, false, dropping ? WITHOUT_PRIVILEGES : List.of(), arguments);
    }

    /** Whether permissions can be made to count, and PostgreSQL, which refuses to be root, still be started. */
    static boolean canDropPrivileges() {
        return !isRoot() || works(Stream.concat(WITHOUT_PRIVILEGES.stream(), Stream.of("unshare", "-U", "true")));
    }

    /** Starts another build of it: the file that the build of another commit made. */
    static Program startBuild(Path jar, Path folder, String... arguments) throws IOException {
        return start(folder, false, List.of(), PackagedProgram.command(jar), arguments);
    }

    /** Starts it in a folder where another one runs, whose servers are left alone. */
    static Program startBeside(Path folder, String... arguments) throws IOException {
        return start(folder, true, List.of(), arguments);
    }

    /**
     * Does in a shell what the doctor prints, with the program in the launcher's place.
     *
     * @param printed ends with {@code ./tldr …}; before it may stand settings and commands
     */
    static Program startPrinted(Path folder, String printed) throws IOException {
        // As the launcher does, it takes the place of the shell.
        String program = PackagedProgram.command().stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" ", "exec ", ""));
        return start(folder, false, List.of(), List.of("sh", "-c", printed.replace("./tldr", program)));
    }

    private static Program start(Path folder, boolean guest, List<String> prefix, String... arguments)
            throws IOException {
        return start(folder, guest, prefix, PackagedProgram.command(), arguments);
    }

    private static Program start(
            Path folder, boolean guest, List<String> prefix, List<String> program, String... arguments)
            throws IOException {
        if (!folder.isAbsolute()) {
            // Before JUnit has injected it, a test's folder is the module's own: what is written there gets committed.
            throw new IllegalArgumentException("'" + folder + "' is not a folder of the test's own");
        }
        List<String> command = new ArrayList<>(HEARING_CTRL_C);
        command.addAll(prefix);
        command.addAll(program);
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Home home = new Home(folder.resolve(".tldr"));
        builder.environment().keySet().removeAll(SETTINGS);
        builder.environment().putAll(Map.of("TLDR_HOME", home.folder().toString()));
        UnpackedServers.lend(home);
        return new Program(builder.start(), home, guest, out, err);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it is announced and all that it needs is there. */
    ApiClient ready() {
        await().atMost(PATIENCE).until(() -> !isAlive() || announced().isPresent());
        try {
            RunningInstance running =
                    announced().orElseThrow(() -> new AssertionError("it ended instead: " + text(err)));
            ApiClient client =
                    new ApiClient(running.api(), new ApiKeyFile(home).read().orElse(""));
            await().atMost(PATIENCE).until(client::isReady);
            UnpackedServers.keep(home);
            return client;
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("it does not get ready: " + text(err), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() throws IOException {
        return announced().orElseThrow().api();
    }

    /** What it tells Prometheus. */
    Exposition metrics() throws IOException, InterruptedException {
        URI page = address().resolve("/metrics");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return new Exposition(http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
                    .body());
        }
    }

    /** Its own announcement, not what a killed one left. */
    private Optional<RunningInstance> announced() throws IOException {
        return RunningInstance.read(home).filter(running -> running.pid() == pid());
    }

    void terminate() {
        process.destroy();
    }

    /** As Ctrl-C does. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", String.valueOf(pid())).start().waitFor();
    }

    void kill() {
        process.destroyForcibly();
    }

    /** Its exit status, which comes within a time that a person would wait. */
    int exit(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("it still runs after " + patience + ": " + text(err));
        }
        return process.exitValue();
    }

    int exit() throws InterruptedException {
        return exit(PATIENCE);
    }

    String out() {
        return text(out);
    }

    String err() {
        return text(err);
    }

    /** Processes that have to do with its home, itself excepted. */
    List<ProcessHandle> others() {
        String path = home.folder().toString();
        return ProcessHandle.allProcesses()
                .filter(other -> other.pid() != process.pid())
                .filter(other -> other.info().commandLine().orElse("").contains(path))
                .toList();
    }

    /** Told to leave, and gone. */
    void end() throws InterruptedException {
        terminate();
        exit();
        close();
    }

    /** Leaves nothing behind, whatever the test found. */
    @Override
    public void close() {
        process.destroyForcibly();
        if (!guest) {
            others().forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static List<String> hearingCtrlC() {
        List<String> prefix = List.of("env", "--default-signal=INT");
        return works(Stream.concat(prefix.stream(), Stream.of("true"))) ? prefix : List.of();
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static boolean works(Stream<String> command) {
        try {
            return new ProcessBuilder(command.toList()).start().waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
