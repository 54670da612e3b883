package tv.tldr.workflows.account;

import java.util.UUID;
import tv.tldr.workflows.TypeId;

/** Which entry of an audit log: {@code aud_} and 26 characters in public, a UUIDv7 in the database. */
public record AuditEntryId(UUID uuid) {
    private static final String PREFIX = "aud";

    /** @throws IllegalArgumentException when {@code text} is not such an id */
    public static AuditEntryId parse(String text) {
        return new AuditEntryId(TypeId.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return TypeId.format(PREFIX, uuid);
    }
}
