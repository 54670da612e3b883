package tv.tldr.workflows.account;

import java.util.UUID;
import tv.tldr.workflows.TypeId;

/** Which person: {@code usr_} and 26 characters in public, a UUIDv7 in the database. */
public record UserId(UUID uuid) {
    private static final String PREFIX = "usr";

    /** @throws IllegalArgumentException when {@code text} is not such an id */
    public static UserId parse(String text) {
        return new UserId(TypeId.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return TypeId.format(PREFIX, uuid);
    }
}
