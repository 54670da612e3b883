package tv.tldr.activities.storage;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.UploadId;

/** Which key does each thing of a stream have? Always the same one, so that writing twice leaves one object. */
public final class ObjectKeys {
    /** What every key begins with. */
    static final String ALL = "organizations";

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

    /** All folders of organizations lie in it. */
    public static ObjectKey organizations() {
        return new ObjectKey(ALL);
    }

    /** Of no organization: tells which database's rows all of them are of. */
    public static ObjectKey mark() {
        return new ObjectKey(ALL + "/installation");
    }

    /** All objects of an organization lie in it but those that it has put into its {@link #inbox}. */
    public static ObjectKey folder(OrganizationId organization) {
        return new ObjectKey(ALL + "/" + organization);
    }

    /** Which organization a folder in {@link #organizations} is of; empty when it is of none. */
    public static Optional<OrganizationId> organization(ObjectKey folder) {
        return id(folder, OrganizationId::parse);
    }

    /** What an organization has put into the bucket to submit it begins with it. */
    public static ObjectKey inbox(OrganizationId organization) {
        return new ObjectKey("inbox/" + organization);
    }

    /** All folders of an organization's streams lie in it. */
    public static ObjectKey streams(OrganizationId organization) {
        return new ObjectKey(folder(organization).value() + "/streams");
    }

    /** Which stream a folder in {@link #streams} is of; empty when it is of none. */
    public static Optional<StreamId> streamOf(ObjectKey folder) {
        return id(folder, StreamId::parse);
    }

    private static <T> Optional<T> id(ObjectKey folder, Function<String, T> parse) {
        String name = folder.value().substring(folder.value().lastIndexOf('/') + 1);
        try {
            return Optional.of(parse.apply(name));
        } catch (IllegalArgumentException notOfOurs) {
            return Optional.empty();
        }
    }

    /** What all keys of an upload begin with. */
    public static ObjectKey upload(OrganizationId organization, UploadId upload) {
        return new ObjectKey(folder(organization).value() + "/uploads/" + upload);
    }

    /** A piece of an upload: of another name whenever it is sent, so that nobody writes over what somebody else sent. */
    public static ObjectKey uploadPart(OrganizationId organization, UploadId upload, UUID piece) {
        return new ObjectKey(upload(organization, upload) + "/" + piece);
    }

    private static String suffix(int version) {
        return version == 1 ? "" : "-" + version;
    }

    private static String folder(StreamRef stream) {
        return streams(stream.organizationId()) + "/" + stream.streamId();
    }

    private static String folder(StreamRef stream, HighlightId highlight) {
        return highlights(stream).value() + "/" + highlight;
    }
}
