package tv.tldr.workflows.highlight;

import java.util.UUID;
import tv.tldr.workflows.TypeId;

/** Which highlight: {@code hl_} and 26 characters in public, a UUIDv7 in the database. */
public record HighlightId(UUID uuid) {
    private static final String PREFIX = "hl";

    /** @throws IllegalArgumentException when {@code text} is not such an id */
    public static HighlightId parse(String text) {
        return new HighlightId(TypeId.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return TypeId.format(PREFIX, uuid);
    }
}
