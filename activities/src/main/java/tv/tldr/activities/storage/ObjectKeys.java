package tv.tldr.activities.storage;

import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.highlight.HighlightId;

/** Which key does each thing of a stream have? Always the same one, so that writing twice leaves one object. */
public final class ObjectKeys {
    private ObjectKeys() {}

    /** The recorded source, as it came. */
    public static ObjectKey source(StreamRef stream) {
        return new ObjectKey(folder(stream) + "/source");
    }

    /** A highlight's clip. */
    public static ObjectKey clip(StreamRef stream, HighlightId highlight) {
        return new ObjectKey(folder(stream, highlight) + "/clip.mp4");
    }

    /** A highlight's clip of a source without picture. */
    public static ObjectKey soundClip(StreamRef stream, HighlightId highlight) {
        return new ObjectKey(folder(stream, highlight) + "/clip.m4a");
    }

    /** A highlight's picture at its peak. */
    public static ObjectKey thumbnail(StreamRef stream, HighlightId highlight) {
        return new ObjectKey(folder(stream, highlight) + "/thumbnail.jpg");
    }

    /** What all keys of a stream begin with, for {@link ObjectStore#list}. */
    public static ObjectKey stream(StreamRef stream) {
        return new ObjectKey(folder(stream));
    }

    /** What all keys of a highlight begin with. */
    public static ObjectKey highlight(StreamRef stream, HighlightId highlight) {
        return new ObjectKey(folder(stream, highlight));
    }

    private static String folder(StreamRef stream) {
        return "organizations/" + stream.organizationId() + "/streams/" + stream.streamId();
    }

    private static String folder(StreamRef stream, HighlightId highlight) {
        return folder(stream) + "/highlights/" + highlight;
    }
}
