package tv.tldr.workflows.batch;

import java.util.ArrayList;
import java.util.List;
import tv.tldr.workflows.activity.BatchActivities;

/** The streams of one batch, as numbers: they end when the test says so. */
final class FakeBatchWorld implements BatchActivities {
    private int held;
    private int open;
    private int completed;
    private int failed;
    private int stopped;
    private boolean stopping;
    private int mostOpen;
    private int looks;
    private final List<FinishBatch> ends = new ArrayList<>();

    FakeBatchWorld(int streams) {
        held = streams;
    }

    @Override
    public synchronized BatchCounts letStreamsGo(LetStreamsGo command) {
        looks++;
        if (stopping) {
            int some = Math.min(50, held);
            held -= some;
            stopped += some;
        }
        while (!stopping && held > 0 && open < command.parallelLimit()) {
            held--;
            open++;
        }
        mostOpen = Math.max(mostOpen, open);
        return new BatchCounts(held, open, completed, failed, stopped, 0, stopping);
    }

    @Override
    public synchronized void finishBatch(FinishBatch command) {
        ends.add(command);
    }

    /** Whether there was one to end. */
    synchronized boolean end(boolean well) {
        if (open == 0) {
            return false;
        }
        open--;
        if (well) {
            completed++;
        } else {
            failed++;
        }
        return true;
    }

    synchronized void stop() {
        stopping = true;
        stopped += open;
        open = 0;
    }

    synchronized int open() {
        return open;
    }

    synchronized int mostOpen() {
        return mostOpen;
    }

    synchronized int looks() {
        return looks;
    }

    synchronized List<FinishBatch> ends() {
        return List.copyOf(ends);
    }
}
