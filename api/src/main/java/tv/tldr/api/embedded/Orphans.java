package tv.tldr.api.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Which processes did an earlier run leave behind when it was killed? Those whose arguments or program are a path inside
 * our own {@link Home}. A number in a file could belong to a stranger by now; a command line cannot.
 */
final class Orphans {
    private static final int KILL_SECONDS = 5;

    private Orphans() {}

    /** Processes that have exactly {@code path} among their arguments. */
    static List<ProcessHandle> naming(Path path) {
        String text = path.toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> Arrays.asList(arguments).contains(text))
                        .isPresent())
                .toList();
    }

    /** Processes that run exactly {@code program}, which no stranger has: it lies in our {@link Home}. */
    static List<ProcessHandle> running(Path program) throws IOException {
        String text = program.toRealPath().toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().filter(text::equals).isPresent())
                .toList();
    }

    /** Processes of programs below {@code folder}, and those that were started to run one. */
    static List<ProcessHandle> below(Path folder) {
        String text = folder + File.separator;
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> Stream.concat(
                                process.info().command().stream(),
                                process.info().arguments().stream().flatMap(Arrays::stream))
                        .anyMatch(part -> part.startsWith(text)))
                .toList();
    }

    /** Ends processes without asking, and waits until they are gone. */
    static void kill(List<ProcessHandle> processes) {
        processes.forEach(ProcessHandle::destroyForcibly);
        ended(processes, KILL_SECONDS);
    }

    /** Asks a process to end, waits for as long as {@code graceSeconds}, then kills it. */
    static void end(ProcessHandle process, int graceSeconds) {
        end(List.of(process), graceSeconds);
    }

    /** All of them at once: one that was stopped hears nothing, and would be waited for before the next is asked. */
    static void end(List<ProcessHandle> processes, int graceSeconds) {
        processes.forEach(ProcessHandle::destroy);
        if (!ended(processes, graceSeconds)) {
            processes.forEach(ProcessHandle::destroyForcibly);
            ended(processes, graceSeconds);
        }
    }

    private static boolean ended(List<ProcessHandle> processes, int seconds) {
        try {
            CompletableFuture.allOf(
                            processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException stillThere) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot wait for processes " + processes, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
