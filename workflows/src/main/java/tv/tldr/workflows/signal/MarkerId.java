package tv.tldr.workflows.signal;

import java.util.UUID;
import tv.tldr.workflows.TypeId;

/** Which marker: {@code marker_} and 26 characters in public, a UUIDv7 in the database. */
public record MarkerId(UUID uuid) {
    private static final String PREFIX = "marker";

    /** @throws IllegalArgumentException when {@code text} is not such an id */
    public static MarkerId parse(String text) {
        return new MarkerId(TypeId.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return TypeId.format(PREFIX, uuid);
    }
}
