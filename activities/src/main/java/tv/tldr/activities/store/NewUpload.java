package tv.tldr.activities.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An upload that is about to begin.
 *
 * @param length bytes; null: not known before the end
 * @param declaredSha256 what the client says that its hash is, lower-case hex; null: it does not say
 * @param metadata what else the client says, as it says it
 * @param patience it is given up when nothing came for so long
 */
public record NewUpload(
        UploadRef ref, @Nullable Long length, @Nullable String declaredSha256, String metadata, Duration patience) {}
