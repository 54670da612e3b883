package tv.tldr.activities.store;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** May a request with an idempotency key be done now, or was it done already? */
public sealed interface IdempotencyClaim {
    /**
     * It may, by the one who got this, and by nobody else while it is prolonged.
     *
     * @param resourceId the id of what the request makes, the same in every try
     * @param done what a try of before noted with the change that it made; null: none has changed anything
     */
    record Held(
            IdempotencyOwner owner,
            String key,
            UUID holder,
            UUID resourceId,
            @Nullable String done) implements IdempotencyClaim {}

    /** The same request is under way. */
    record UnderWay() implements IdempotencyClaim {}

    /** The key was used for another request. */
    record OtherRequest() implements IdempotencyClaim {}

    /**
     * It was done.
     *
     * @param scopes of who asked for it then
     */
    record Answered(KeptAnswer answer, Set<String> scopes) implements IdempotencyClaim {
        public Answered {
            scopes = Set.copyOf(scopes);
        }
    }

    /** It was done, and its answer can no longer be read: the program's secret was changed since. */
    record Unreadable() implements IdempotencyClaim {}
}
