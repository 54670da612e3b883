package tv.tldr.activities.media;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts children that die with us and stay within limits, as far as the machine has the means: {@code setpriv} makes the
 * kernel kill the child when the thread that started it ends, {@code prlimit} holds memory and file size, {@code bwrap}
 * hides everything but its job.
 *
 * <p>All children are started by one thread that lives as long as the process. A pooled or carrier thread would end
 * earlier and take the child with it.
 */
final class ChildLauncher {
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("child-starter").factory());

    /** How long all that stands before a program takes at most, on a busy machine. */
    private static final Duration STARTING = Duration.ofSeconds(30);

    /**
     * The last one before the program itself: says that all before it stands, and goes on only when it is told to. The
     * kernel signals the end of a parent once, to those who have asked for it by then; without this, a child that was
     * started in the last milliseconds of a process that is killed would run on. The shell reads no more of the command
     * than that it is its arguments.
     */
    private static final List<String> GATE =
            List.of("/bin/sh", "-c", "echo && read -r go && exec \"$@\" </dev/null", "sh");

    /** Reading a pipe holds on to what carries a virtual thread. */
    private static final Executor WAITERS =
            task -> Thread.ofPlatform().daemon().name("child-gate").start(task);

    private static final String LIBRARIES = "LD_LIBRARY_PATH";
    private static final Logger LOG = LoggerFactory.getLogger(ChildLauncher.class);

    private final List<String> prefix;
    private final @Nullable Sandbox sandbox;
    private final boolean diesWithUs;

    ChildLauncher(FfmpegLimits limits, FfmpegPrograms programs) {
        this.prefix = new ArrayList<>();
        boolean privileges = works("setpriv", "--no-new-privs", "--pdeathsig", "KILL");
        if (privileges) {
            prefix.addAll(List.of(onPath("setpriv"), "--no-new-privs"));
        }
        String[] caps = {
            "--as=" + limits.addressSpace().toBytes(),
            "--fsize=" + limits.fileSize().toBytes(),
            "--core=0",
            "--nofile=256"
        };
        if (works("prlimit", caps)) {
            prefix.add(onPath("prlimit"));
            prefix.addAll(List.of(caps));
        }
        this.sandbox = limits.sandbox() ? sandbox(programs) : null;
        this.diesWithUs = privileges || sandbox != null;
        if (privileges && sandbox == null) {
            // Not before bubblewrap, which asks for the same later: killed while it makes its inner half, the outer one
            // would leave that waiting for ever.
            prefix.addAll(2, List.of("--pdeathsig", "KILL"));
        }
    }

    private @Nullable Sandbox sandbox(FfmpegPrograms programs) {
        Sandbox found = new Sandbox(onPath("bwrap"), programs);
        if (!found.program().isEmpty() && runsIn(found, programs)) {
            return found;
        }
        LOG.info(
                "FFmpeg sees all of this machine's files and network: {}; FFMPEG_SANDBOX=false says that this is meant",
                found.program().isEmpty()
                        ? "bubblewrap is not installed (Debian's package is bubblewrap)"
                        : "bubblewrap does not work here: the system keeps user namespaces to itself, or FFmpeg needs what is"
                                + " not in its own folder");
        return null;
    }

    /** Tried in an empty folder: what FFmpeg finds in one that others fill, it does not find in a job's. */
    private boolean runsIn(Sandbox found, FfmpegPrograms programs) {
        try {
            Path nothing = Files.createTempDirectory("tldr-sandbox");
            try {
                List<String> trial = new ArrayList<>(prefix);
                trial.addAll(found.prefix(List.of(), nothing, false));
                trial.addAll(List.of(programs.ffmpeg().toString(), "-version"));
                return succeeds(trial, programs.libraries());
            } finally {
                Files.delete(nothing);
            }
        } catch (IOException e) {
            LOG.warn("No folder for trying the sandbox could be made: {}", e.toString());
            return false;
        }
    }

    /** Whether a child sees nothing but its job. */
    boolean isSandboxed() {
        return sandbox != null;
    }

    /** Whether a child is certain to end when this process is killed. */
    boolean childrenDieWithUs() {
        return diesWithUs;
    }

    /** Whoever is interrupted meanwhile has the child all the same, to end it. */
    Process start(List<String> command, Path folder, @Nullable Path libraries, @Nullable String proxy)
            throws IOException {
        List<String> full = new ArrayList<>(prefix);
        if (sandbox != null) {
            full.addAll(sandbox.prefix(command.subList(1, command.size()), folder, proxy != null));
        }
        full.addAll(GATE);
        full.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(full).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("LC_ALL", "C");
        if (libraries != null) {
            environment.put(LIBRARIES, libraries.toString());
        }
        if (proxy != null) {
            // The name that FFmpeg reads.
            environment.put("http_proxy", proxy);
        }
        Process child = joined(CompletableFuture.supplyAsync(() -> started(builder), STARTER));
        try {
            return joined(CompletableFuture.supplyAsync(() -> released(child), WAITERS)
                    .orTimeout(STARTING.toSeconds(), TimeUnit.SECONDS));
        } catch (IOException e) {
            kill(child);
            throw e;
        }
    }

    private static Process joined(CompletableFuture<Process> child) throws IOException {
        try {
            return child.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof UncheckedIOException failure ? failure.getCause() : new IOException(e);
        }
    }

    /** Through its gate, or ended before it with a reason on its standard error. */
    private static Process released(Process child) {
        try (OutputStream gate = child.getOutputStream()) {
            if (child.getInputStream().read() >= 0) {
                gate.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return child;
    }

    private static Process started(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the child and all that it started; waits until they are gone. */
    void kill(Process child) {
        boolean interrupted = Thread.interrupted();
        List<ProcessHandle> descendants = child.descendants().toList();
        descendants.forEach(ProcessHandle::destroyForcibly);
        if (sandbox == null || descendants.isEmpty()) {
            child.destroyForcibly();
        }
        while (child.isAlive()) {
            try {
                // The outer half of bubblewrap ends by itself, and clears away what is left of the inner one.
                if (!child.waitFor(1, TimeUnit.SECONDS)) {
                    child.destroyForcibly();
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        descendants.forEach(descendant -> descendant.onExit().join());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean works(String program, String... arguments) {
        String path = onPath(program);
        if (path.isEmpty()) {
            return false;
        }
        List<String> command = new ArrayList<>(List.of(path));
        command.addAll(List.of(arguments));
        command.add(path);
        command.add("--version");
        return succeeds(command, null);
    }

    private static boolean succeeds(List<String> command, @Nullable Path libraries) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        if (libraries != null) {
            builder.environment().put(LIBRARIES, libraries.toString());
        }
        try {
            return builder.start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String onPath(String program) {
        for (String folder : List.of("/usr/bin", "/bin", "/usr/local/bin")) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return folder + "/" + program;
            }
        }
        return "";
    }
}
