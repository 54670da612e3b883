package tv.tldr.workflows;

import tv.tldr.workflows.stream.StreamId;

/** Under which id does a workflow run? Nobody else concatenates one. */
public final class WorkflowIds {
    private WorkflowIds() {}

    /** {@code stream/stream_01j…}. */
    public static String stream(StreamId streamId) {
        return "stream/" + streamId;
    }
}
