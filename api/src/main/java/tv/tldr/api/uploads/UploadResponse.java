package tv.tldr.api.uploads;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.UploadRow;

/**
 * What does a client see of an upload?
 *
 * @param sourceUrl what a stream is to be submitted with
 * @param status {@code receiving}, {@code complete}, or {@code used} when a stream was made of it
 */
record UploadResponse(
        String id,
        String sourceUrl,
        String status,
        @Nullable Long length,
        long offset,
        @Nullable String sha256,
        @Nullable String streamId,
        Instant createdAt,
        Instant expiresAt) {
    static UploadResponse of(UploadRow row) {
        String status = row.isWhole() ? "complete" : "receiving";
        return new UploadResponse(
                row.ref().uploadId().toString(),
                row.ref().uploadId().source().url(),
                row.stream() == null ? status : "used",
                row.length(),
                row.received(),
                row.sha256(),
                row.stream() == null ? null : row.stream().toString(),
                row.createdAt(),
                row.expiresAt());
    }
}
