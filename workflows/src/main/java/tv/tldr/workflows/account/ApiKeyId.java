package tv.tldr.workflows.account;

import java.util.UUID;
import tv.tldr.workflows.TypeId;

/** Which API key: {@code key_} and 26 characters in public, a UUIDv7 in the database. Not the key itself. */
public record ApiKeyId(UUID uuid) {
    private static final String PREFIX = "key";

    /** @throws IllegalArgumentException when {@code text} is not such an id */
    public static ApiKeyId parse(String text) {
        return new ApiKeyId(TypeId.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return TypeId.format(PREFIX, uuid);
    }
}
