package tv.tldr.workflows;

import tv.tldr.workflows.batch.BatchId;
import tv.tldr.workflows.event.DeliveryId;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.stream.StreamId;

/** Under which id does a workflow run? Nobody else concatenates one. */
public final class WorkflowIds {
    private WorkflowIds() {}

    /** {@code stream/stream_01j…}: the first analysis of a stream. */
    public static String stream(StreamId streamId) {
        return stream(streamId, 1);
    }

    /**
     * {@code stream/stream_01j…/2}: a later one. Each has an id of its own, so that each is started once.
     *
     * @param analysis from 1
     */
    public static String stream(StreamId streamId, int analysis) {
        return "stream/" + streamId + (analysis == 1 ? "" : "/" + analysis);
    }

    /**
     * {@code recut/hl_01j…/7}: the clip of a highlight with other edges.
     *
     * @param version of the highlight that asked for it
     */
    public static String recut(HighlightId highlightId, int version) {
        return "recut/" + highlightId + "/" + version;
    }

    /**
     * {@code delivery/del_01j…}: one event to one endpoint; {@code delivery/del_01j…/2} when it is asked for again.
     *
     * @param run from 1
     */
    public static String delivery(DeliveryId deliveryId, int run) {
        return "delivery/" + deliveryId + (run == 1 ? "" : "/" + run);
    }

    /** {@code batch/batch_01j…}. */
    public static String batch(BatchId batchId) {
        return "batch/" + batchId;
    }
}
