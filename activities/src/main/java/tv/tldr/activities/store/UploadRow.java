package tv.tldr.activities.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.stream.StreamId;

/**
 * An upload as the database knows it.
 *
 * @param length bytes; null: not known before the end
 * @param received bytes that are stored
 * @param hashState of the bytes so far; empty without any
 * @param sha256 of all of them, lower-case hex; null until it is whole
 * @param declaredSha256 what it must be; null: anything
 * @param metadata what the client said about it
 * @param expiresAt when it is given up, unless it is a stream by then
 * @param stream what it became; null: nothing yet
 */
public record UploadRow(
        UploadRef ref,
        @Nullable Long length,
        long received,
        String hashState,
        @Nullable String sha256,
        @Nullable String declaredSha256,
        String metadata,
        Instant createdAt,
        Instant expiresAt,
        @Nullable StreamId stream) {
    public boolean isWhole() {
        return sha256 != null;
    }
}
