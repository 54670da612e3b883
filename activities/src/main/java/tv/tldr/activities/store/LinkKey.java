package tv.tldr.activities.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * With which key are the addresses of an organization's files signed?
 *
 * @param number counts up; what was signed with an earlier one but the last is good no more
 * @param previousUntil until when the one before is good; null: there is none
 * @param rotatedAt null: never
 */
public record LinkKey(
        int number,
        @Nullable Instant previousUntil,
        @Nullable Instant rotatedAt) {
    /** Of an organization that never changed it. */
    static final LinkKey FIRST = new LinkKey(1, null, null);

    boolean accepts(int signedWith, Instant now) {
        return signedWith == number
                || (signedWith == number - 1 && previousUntil != null && previousUntil.isAfter(now));
    }
}
