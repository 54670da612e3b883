package tv.tldr.workflows.account;

import java.util.UUID;
import tv.tldr.workflows.TypeId;

/** Which invitation into an organization: {@code inv_} and 26 characters in public, a UUIDv7 in the database. */
public record InvitationId(UUID uuid) {
    private static final String PREFIX = "inv";

    /** @throws IllegalArgumentException when {@code text} is not such an id */
    public static InvitationId parse(String text) {
        return new InvitationId(TypeId.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return TypeId.format(PREFIX, uuid);
    }
}
