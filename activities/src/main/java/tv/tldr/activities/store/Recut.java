package tv.tldr.activities.store;

import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.stream.TimeRange;

/**
 * Which clip is a highlight to get in place of the one that it has?
 *
 * @param version of the highlight that asked for it
 * @param error why it could not be cut; null as long as it may be
 */
public record Recut(int version, TimeRange range, @Nullable String error) {
    public boolean isPending() {
        return error == null;
    }

    /** {@code pending} until the new clip is in place, {@code failed} when it could not be cut. */
    public String status() {
        return isPending() ? "pending" : "failed";
    }
}
