package tv.tldr.api.security;

import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.account.ApiKeyId;
import tv.tldr.workflows.account.SessionId;
import tv.tldr.workflows.account.UserId;

/** Who does something on behalf of an organization? */
public sealed interface Actor {
    /** The public id. */
    String id();

    /** On behalf of which user; null: whoever runs the installation. */
    @Nullable
    UserId user();

    /** @param creator null: whoever runs the installation */
    record Key(ApiKeyId key, @Nullable UserId creator) implements Actor {
        @Override
        public String id() {
            return key.toString();
        }

        @Override
        public @Nullable UserId user() {
            return creator;
        }
    }

    /** Somebody who is signed in. */
    record Person(UserId user, SessionId session) implements Actor {
        @Override
        public String id() {
            return user.toString();
        }
    }
}
