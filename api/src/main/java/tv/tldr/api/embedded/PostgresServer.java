package tv.tldr.api.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A PostgreSQL of our own: in one folder, on the loopback address, with a password that was made there. What an earlier
 * run left behind when it was killed is stopped first; the data survives that as it survives any crash.
 */
final class PostgresServer implements Restartable, AutoCloseable {
    private static final int USUAL_PORT = 54320;
    private static final int ATTEMPTS = 3;
    private static final String USER = "tldr";
    private static final int STOP_SECONDS = 15;
    private static final int KILL_SECONDS = 5;
    private static final int START_SECONDS = 60;
    /** Of the file that a running server keeps: the fourth line. */
    private static final int PORT_LINE = 3;

    private final Path program;
    private final Path data;
    private final Path log;
    private final PostgresAccount account;
    private final String password;
    private int port;
    private volatile CompletableFuture<?> ended = CompletableFuture.completedFuture(null);

    private PostgresServer(Path program, Home home, PostgresAccount account, String password) {
        this.program = program;
        this.data = data(home);
        this.log = home.logs().resolve("postgres.log");
        this.account = account;
        this.password = password;
    }

    static PostgresServer start(Home home, PostgresAccount account) throws IOException {
        return start(home, account, START_SECONDS);
    }

    /** @param patience seconds that each attempt may take; what is not ready by then is ended */
    static PostgresServer start(Home home, PostgresAccount account, int patience) throws IOException {
        Path program = PostgresProgram.unpack(home.postgres());
        Path passwordFile = home.postgres().resolve("password");
        PostgresServer server = new PostgresServer(program, home, account, SecretFile.readOrMake(passwordFile));
        account.own(server.data);
        server.endLeftovers();
        if (!Files.exists(server.data)) {
            server.initialise(passwordFile);
        }
        server.makeUsable(() -> server.startOnFreePort(patience));
        return server;
    }

    @Override
    public CompletableFuture<?> ended() {
        return ended;
    }

    @Override
    public void startAgain() throws IOException {
        endLeftovers();
        makeUsable(() -> {
            if (!starts(START_SECONDS)) {
                throw new IOException("PostgreSQL did not start again: " + lastWords());
            }
        });
    }

    @Override
    public String lastWords() {
        return ChildProcess.lastWords(log) + " (all of it in " + log + ")";
    }

    private void makeUsable(Start start) throws IOException {
        Start usable = () -> {
            start.run();
            PostgresDatabase.ensure(port, USER, password, USER);
            ended = postmaster().map(ProcessHandle::onExit).orElseThrow(() -> new IOException("PostgreSQL has gone"));
        };
        usable.orElse(this::endWhatRuns);
    }

    /** Where it keeps everything, which is an argument of its process. */
    static Path data(Home home) {
        return home.postgres().resolve("data");
    }

    /** The way in, as {@code DATABASE_URL} has it. */
    String url() {
        return url(password, port);
    }

    int port() {
        return port;
    }

    /** The way in to the server that another process runs in this home; empty when none does. */
    static Optional<String> urlOfRunning(Home home) throws IOException {
        try {
            List<String> lines = Files.readAllLines(data(home).resolve("postmaster.pid"));
            String password =
                    Files.readString(home.postgres().resolve("password")).strip();
            return lines.size() <= PORT_LINE
                    ? Optional.empty()
                    : Optional.of(
                            url(password, Integer.parseInt(lines.get(PORT_LINE).strip())));
        } catch (NoSuchFileException nothingRuns) {
            return Optional.empty();
        }
    }

    private static String url(String password, int port) {
        return "postgresql://" + USER + ":" + password + "@127.0.0.1:" + port + "/" + USER;
    }

    @Override
    public void close() {
        try {
            endWhatRuns();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<? extends ProcessHandle> postmaster() {
        return Orphans.naming(data).stream().findFirst();
    }

    /** When the postmaster was killed, its processes notice in their own time, and keep the memory that the next one needs. */
    private void endLeftovers() throws IOException {
        endWhatRuns();
        Orphans.end(Orphans.running(program.resolve("bin/postgres")), KILL_SECONDS);
        // The number in it may be a stranger's by now: PostgreSQL would refuse to start, or worse, stop the stranger.
        Files.deleteIfExists(data.resolve("postmaster.pid"));
    }

    /** Politely, then firmly, then without asking: one that is just starting does not hear pg_ctl yet. */
    private void endWhatRuns() throws IOException {
        if (Orphans.naming(data).isEmpty()) {
            return;
        }
        if (control("stop", "-m", "fast", "-t", String.valueOf(STOP_SECONDS)) != 0) {
            control("stop", "-m", "immediate", "-t", String.valueOf(STOP_SECONDS));
        }
        Orphans.end(Orphans.naming(data), KILL_SECONDS);
    }

    private void initialise(Path passwordFile) throws IOException {
        Path draft = data.resolveSibling("data.draft");
        account.own(draft);
        FileTree.delete(draft);
        List<String> command =
                new ArrayList<>(List.of(program.resolve("bin/initdb").toString(), "-D", draft.toString()));
        command.addAll(List.of("-U", USER, "-A", "scram-sha-256", "--pwfile", passwordFile.toString(), "-E", "UTF8"));
        command.addAll(List.of("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        command.add("--no-instructions");
        if (run(command) != 0) {
            throw new StartFailure("PostgreSQL could not make its data folder: " + ChildProcess.lastWords(log));
        }
        Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void startOnFreePort(int patience) throws IOException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            port = FreePort.preferring(USUAL_PORT);
            if (starts(patience)) {
                return;
            }
            // What is too slow for pg_ctl goes on starting, and would be in the way of the next attempt.
            endWhatRuns();
        }
        throw new StartFailure("PostgreSQL did not start: " + lastWords());
    }

    private boolean starts(int patience) throws IOException {
        return control("start", "-t", String.valueOf(patience), "-l", log.toString(), "-o", options()) == 0;
    }

    private String options() {
        return String.join(
                " ",
                "-p " + port,
                "-c listen_addresses=127.0.0.1",
                "-c unix_socket_directories=",
                "-c shared_buffers=64MB",
                "-c wal_level=minimal",
                "-c max_wal_senders=0");
    }

    private int control(String action, String... options) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(program.resolve("bin/pg_ctl").toString(), action));
        command.addAll(List.of("-w", "-D", data.toString()));
        command.addAll(List.of(options));
        return run(command);
    }

    private int run(List<String> command) throws IOException {
        List<String> line = new ArrayList<>(account.prefix());
        line.addAll(command);
        // pg_ctl gives the server a session of its own, so that Ctrl-C does not reach it.
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        ChildProcess.keepOnlyHarmless(builder.environment());
        try {
            return builder.start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while PostgreSQL was asked to " + command.get(1), e);
        }
    }
}
