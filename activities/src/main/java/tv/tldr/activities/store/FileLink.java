package tv.tldr.activities.store;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.highlight.HighlightId;

/**
 * What does a signed address lead to, and how long?
 *
 * @param key with which key of the organization it is signed
 */
public record FileLink(OrganizationId organization, HighlightId highlight, Kind kind, int key, Instant until) {
    /** Which file of the highlight? */
    public enum Kind {
        CLIP(0),
        THUMBNAIL(1);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /** As it stands in addresses. */
        byte code() {
            return (byte) code;
        }

        static Optional<Kind> of(byte code) {
            return Stream.of(values()).filter(kind -> kind.code == code).findFirst();
        }
    }
}
