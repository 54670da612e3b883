package tv.tldr.api.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * What must be undone before the process ends, in whichever way it ends? By itself, by Ctrl-C or by SIGTERM: each action
 * is run once, the last one first.
 */
final class Cleanup {
    private final Deque<Runnable> actions = new ArrayDeque<>();
    private final Deque<Runnable> interruptions = new ArrayDeque<>();
    private volatile boolean finished;
    private volatile boolean interrupted;

    Cleanup() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "cleanup"));
    }

    /** {@code action} is run at the end, however it comes. */
    synchronized void atEnd(Runnable action) {
        actions.push(action);
    }

    /** {@code action} is run first, and only when somebody ends the program before its work is done. */
    synchronized void whenInterrupted(Runnable action) {
        interruptions.push(action);
    }

    /** The work is done: from now on nothing interrupts it. */
    void finish() {
        holdIfInterrupted();
        finished = true;
    }

    /** Never returns once the program is being ended, so that its own failing is not reported as news. */
    void holdIfInterrupted() {
        if (interrupted) {
            new Semaphore(0).acquireUninterruptibly();
        }
    }

    private void end() {
        interrupted = !finished;
        if (interrupted) {
            runAll(interruptions);
        }
        runAll(actions);
    }

    private void runAll(Deque<Runnable> todo) {
        for (Runnable action = next(todo); action != null; action = next(todo)) {
            action.run();
        }
    }

    private synchronized @Nullable Runnable next(Deque<Runnable> todo) {
        return todo.poll();
    }
}
