package tv.tldr.workflows.stream;

import java.util.UUID;
import tv.tldr.workflows.TypeId;

/** Which upload: {@code upl_} and 26 characters in public, a UUIDv7 in the database. */
public record UploadId(UUID uuid) {
    /** What the URL of a source that was uploaded begins with. */
    public static final String SCHEME = "upload:";

    private static final String PREFIX = "upl";

    /** @throws IllegalArgumentException when {@code text} is not such an id */
    public static UploadId parse(String text) {
        return new UploadId(TypeId.parse(PREFIX, text));
    }

    /** The source that the upload is. */
    public StreamSource source() {
        return new StreamSource(SCHEME + this, Platform.UPLOAD);
    }

    @Override
    public String toString() {
        return TypeId.format(PREFIX, uuid);
    }
}
