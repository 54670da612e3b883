package tv.tldr.workflows.account;

import java.util.UUID;
import tv.tldr.workflows.TypeId;

/** Which sign-in, with all the refresh tokens that follow from it: {@code ses_} and 26 characters in public, a UUIDv7 in the database. */
public record SessionId(UUID uuid) {
    private static final String PREFIX = "ses";

    /** @throws IllegalArgumentException when {@code text} is not such an id */
    public static SessionId parse(String text) {
        return new SessionId(TypeId.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return TypeId.format(PREFIX, uuid);
    }
}
