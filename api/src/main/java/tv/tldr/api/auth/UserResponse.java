package tv.tldr.api.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.User;

/** What does a person see of themselves? */
record UserResponse(
        String id,
        String email,
        String name,
        @Nullable Instant emailVerifiedAt,
        Instant createdAt,
        Instant updatedAt,
        long version) {
    static UserResponse of(User user) {
        return new UserResponse(
                user.id().toString(),
                user.email(),
                user.name(),
                user.emailVerifiedAt(),
                user.createdAt(),
                user.updatedAt(),
                user.version());
    }
}
