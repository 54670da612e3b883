package tv.tldr.workflows.account;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What is a person in an organization? Each role may do all that the next one may. */
public enum Role {
    /** Everything; the last one cannot leave. */
    OWNER,
    /** Everything but what concerns owners. */
    ADMIN,
    /** Works with streams and all that comes of them, and makes keys for that. */
    MEMBER,
    /** Looks on. */
    VIEWER;

    private static final List<String> LOOKING_ON = List.of(
            "streams:read",
            "highlights:read",
            "webhooks:read",
            "dimensions:read",
            "organizations:read",
            "users:read",
            "usage:read");
    private static final List<String> WORKING =
            List.of("streams:*", "highlights:*", "webhooks:*", "dimensions:*", "api-keys:write");

    public Set<Scope> scopes() {
        return switch (this) {
            case OWNER, ADMIN -> Scope.allowedBy(List.of("admin"));
            case MEMBER ->
                Scope.allowedBy(
                        Stream.concat(LOOKING_ON.stream(), WORKING.stream()).toList());
            case VIEWER -> Scope.allowedBy(LOOKING_ON);
        };
    }

    /** Whether this role is the same as {@code other} or above it. */
    public boolean reaches(Role other) {
        return compareTo(other) <= 0;
    }

    /**
     * Whether somebody may give, change or take {@code other}: nobody above himself, and no key beyond its scopes.
     *
     * @param granted what that somebody may do
     */
    public boolean mayHandle(Role other, Set<Scope> granted) {
        return reaches(other) && granted.containsAll(other.scopes());
    }

    /** The role of that name, which is in upper case. */
    public static Optional<Role> named(String word) {
        return Arrays.stream(values()).filter(role -> role.name().equals(word)).findFirst();
    }
}
