package tv.tldr.workflows.account;

import java.util.UUID;
import tv.tldr.workflows.TypeId;

/** Which tenant: {@code org_} and 26 characters in public, a UUIDv7 in the database. */
public record OrganizationId(UUID uuid) {
    private static final String PREFIX = "org";

    /** @throws IllegalArgumentException when {@code text} is not such an id */
    public static OrganizationId parse(String text) {
        return new OrganizationId(TypeId.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return TypeId.format(PREFIX, uuid);
    }
}
