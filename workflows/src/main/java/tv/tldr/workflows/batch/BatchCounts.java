package tv.tldr.workflows.batch;

/**
 * How far are the streams of a batch?
 *
 * @param held not let go yet: the batch has its limit of others under way
 * @param open let go and not at their end: in process, or waiting for a place in their organization
 * @param deleted were removed, in whichever state they were
 * @param stopping whether those that are left are being stopped
 */
public record BatchCounts(int held, int open, int completed, int failed, int stopped, int deleted, boolean stopping) {
    /** How many streams the batch has, or had. */
    public int total() {
        return held + open + completed + failed + stopped + deleted;
    }

    /** How many have come to an end. */
    public int ended() {
        return completed + failed + stopped + deleted;
    }

    /** Whether nothing is left to wait for. */
    public boolean hasEnded() {
        return held == 0 && open == 0;
    }
}
