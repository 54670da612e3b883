package tv.tldr.activities;

import java.util.List;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.workflows.activity.StreamRef;

/** Where are the bytes of the upload that a stream is made of? In the object store, which every worker reads. */
public interface UploadedFiles {
    /**
     * An upload that is whole.
     *
     * @param parts its bytes, one object after the other; none when they are gone
     * @param sha256 of all of them, lower-case hex
     */
    record UploadedFile(List<ObjectKey> parts, long sizeBytes, String sha256) {}

    /** @throws io.temporal.failure.ApplicationFailure when the stream is gone, or the database is away */
    UploadedFile of(StreamRef stream);

    /** The stream has stored the bytes as its source: the parts go. May be told twice. */
    void takenOver(StreamRef stream);
}
