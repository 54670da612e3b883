package tv.tldr.workflows.batch;

import java.util.UUID;
import tv.tldr.workflows.TypeId;

/** Which batch: {@code batch_} and 26 characters in public, a UUIDv7 in the database. */
public record BatchId(UUID uuid) {
    private static final String PREFIX = "batch";

    /** @throws IllegalArgumentException when {@code text} is not such an id */
    public static BatchId parse(String text) {
        return new BatchId(TypeId.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return TypeId.format(PREFIX, uuid);
    }
}
