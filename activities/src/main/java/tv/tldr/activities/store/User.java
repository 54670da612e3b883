package tv.tldr.activities.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.account.UserId;

/**
 * A person as the database knows them.
 *
 * @param passwordHash Argon2id
 * @param emailVerifiedAt null: nobody has shown yet that mail to the address reaches them
 */
public record User(
        UserId id,
        String email,
        String name,
        String passwordHash,
        @Nullable Instant emailVerifiedAt,
        Instant createdAt,
        Instant updatedAt,
        long version) {
    /** Without what must not reach a log. */
    @Override
    public String toString() {
        return "User[" + id + "]";
    }
}
