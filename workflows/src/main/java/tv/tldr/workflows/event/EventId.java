package tv.tldr.workflows.event;

import java.util.UUID;
import tv.tldr.workflows.TypeId;

/** Which event: {@code evt_} and 26 characters in public, a UUIDv7 in the database. */
public record EventId(UUID uuid) {
    private static final String PREFIX = "evt";

    /** @throws IllegalArgumentException when {@code text} is not such an id */
    public static EventId parse(String text) {
        return new EventId(TypeId.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return TypeId.format(PREFIX, uuid);
    }
}
