package tv.tldr.workflows.stream;

import java.util.UUID;
import tv.tldr.workflows.TypeId;

/** Which stream: {@code stream_} and 26 characters in public, a UUIDv7 in the database. */
public record StreamId(UUID uuid) {
    private static final String PREFIX = "stream";

    /** @throws IllegalArgumentException when {@code text} is not such an id */
    public static StreamId parse(String text) {
        return new StreamId(TypeId.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return TypeId.format(PREFIX, uuid);
    }
}
