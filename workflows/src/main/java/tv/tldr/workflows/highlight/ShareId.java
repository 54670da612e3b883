package tv.tldr.workflows.highlight;

import java.util.UUID;
import tv.tldr.workflows.TypeId;

/** Which link to a highlight: {@code share_} and 26 characters in public, a UUIDv7 in the database. */
public record ShareId(UUID uuid) {
    private static final String PREFIX = "share";

    /** @throws IllegalArgumentException when {@code text} is not such an id */
    public static ShareId parse(String text) {
        return new ShareId(TypeId.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return TypeId.format(PREFIX, uuid);
    }
}
