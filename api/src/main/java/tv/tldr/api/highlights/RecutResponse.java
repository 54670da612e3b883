package tv.tldr.api.highlights;

import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.Recut;

/**
 * Which other edges is a highlight to have?
 *
 * @param status {@code pending} until the new clip is in place, {@code failed} when it could not be cut
 * @param error why it could not
 */
record RecutResponse(
        double startTime,
        double endTime,
        String status,
        @Nullable String error) {
    static @Nullable RecutResponse of(@Nullable Recut recut) {
        return recut == null
                ? null
                : new RecutResponse(recut.range().start(), recut.range().end(), recut.status(), recut.error());
    }
}
