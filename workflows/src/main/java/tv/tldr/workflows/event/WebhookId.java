package tv.tldr.workflows.event;

import java.util.UUID;
import tv.tldr.workflows.TypeId;

/** Which endpoint: {@code whk_} and 26 characters in public, a UUIDv7 in the database. */
public record WebhookId(UUID uuid) {
    private static final String PREFIX = "whk";

    /** @throws IllegalArgumentException when {@code text} is not such an id */
    public static WebhookId parse(String text) {
        return new WebhookId(TypeId.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return TypeId.format(PREFIX, uuid);
    }
}
