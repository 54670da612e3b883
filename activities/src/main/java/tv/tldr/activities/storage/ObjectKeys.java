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
    public static ObjectKey clip(StreamRef stream, HighlightId highlight, int version) {
        return new ObjectKey(folder(stream, highlight) + "/clip" + suffix(version) + ".mp4");
    }

    /** A highlight's clip of a source without picture. */
    public static ObjectKey soundClip(StreamRef stream, HighlightId highlight, int version) {
        return new ObjectKey(folder(stream, highlight) + "/clip" + suffix(version) + ".m4a");
    }

    /** A highlight's picture at its peak. */
    public static ObjectKey thumbnail(StreamRef stream, HighlightId highlight, int version) {
        return new ObjectKey(folder(stream, highlight) + "/thumbnail" + suffix(version) + ".jpg");
    }

    /** What all keys of a stream begin with, for {@link ObjectStore#list}. */
    public static ObjectKey stream(StreamRef stream) {
        return new ObjectKey(folder(stream));
    }

    /** What all keys of a highlight begin with. */
    public static ObjectKey highlight(StreamRef stream, HighlightId highlight) {
        return new ObjectKey(folder(stream, highlight));
    }

    /** The files of all the stream's highlights begin with it. */
    public static ObjectKey highlights(StreamRef stream) {
        return new ObjectKey(folder(stream) + "/highlights");
    }

    private static String suffix(int version) {
        return version == 1 ? "" : "-" + version;
    }

    private static String folder(StreamRef stream) {
        return "organizations/" + stream.organizationId() + "/streams/" + stream.streamId();
    }

    private static String folder(StreamRef stream, HighlightId highlight) {
        return highlights(stream).value() + "/" + highlight;
    }
}
