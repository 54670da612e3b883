package tv.tldr.workflows.event;

import java.util.UUID;
import tv.tldr.workflows.TypeId;

/** Which event to which endpoint: {@code del_} and 26 characters in public, a UUIDv7 in the database. */
public record DeliveryId(UUID uuid) {
    private static final String PREFIX = "del";

    /** @throws IllegalArgumentException when {@code text} is not such an id */
    public static DeliveryId parse(String text) {
        return new DeliveryId(TypeId.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return TypeId.format(PREFIX, uuid);
    }
}
