package tv.tldr.api.cli;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What must be undone before the process ends, in whichever way it ends? By itself, by Ctrl-C or by SIGTERM: each action
 * is run once, the last one first.
 */
final class Cleanup {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Deque<Runnable> actions = new ArrayDeque<>();
    private final Deque<Runnable> interruptions = new ArrayDeque<>();
    private volatile boolean finished;
    private volatile boolean interrupted;

    /** Run by the virtual machine when the process ends. */
    static Cleanup ofProcess() {
        Cleanup cleanup = new Cleanup();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            cleanup.end();
                            endChildren();
                        },
                        "cleanup"));
        return cleanup;
    }

    /** {@code action} is run at the end, however it comes. */
    synchronized void atEnd(Runnable action) {
        actions.push(action);
    }

    /** {@code action} is run first, and only when somebody ends the program before this is closed. */
    synchronized Interruptible whenInterrupted(Runnable action) {
        interruptions.push(action);
        return () -> forget(action);
    }

    /** The work is done: from now on nothing interrupts it. */
    void finish() {
        holdIfInterrupted();
        finished = true;
    }

    boolean isInterrupted() {
        return interrupted;
    }

    /** Never returns once the program is being ended, so that its own failing is not reported as news. */
    void holdIfInterrupted() {
        if (interrupted) {
            new Semaphore(0).acquireUninterruptibly();
        }
    }

    /** Undoes everything; what fails does not keep the rest from being undone. */
    void end() {
        interrupted = !finished;
        if (interrupted) {
            runAll(interruptions);
        }
        runAll(actions);
    }

    /**
     * What work that did not end in time has started, such as FFmpeg: the kernel kills it when this process is gone, and whoever
     * waited for this process would find it still ending.
     */
    private static void endChildren() {
        List<ProcessHandle> left = ProcessHandle.current().descendants().toList();
        left.forEach(ProcessHandle::destroyForcibly);
        left.forEach(child -> child.onExit()
                .completeOnTimeout(child, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join());
    }

    /** A stretch of work that must be told when the program is ended in its middle. */
    interface Interruptible extends AutoCloseable {
        @Override
        void close();
    }

    private void runAll(Deque<Runnable> todo) {
        for (Runnable action = next(todo); action != null; action = next(todo)) {
            try {
                action.run();
            } catch (RuntimeException e) {
                System.err.println("tldr: not everything could be ended: " + e.getMessage());
            }
        }
    }

    private synchronized @Nullable Runnable next(Deque<Runnable> todo) {
        return todo.poll();
    }

    private synchronized void forget(Runnable action) {
        interruptions.remove(action);
    }
}
