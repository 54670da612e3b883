package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.required;

import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.account.UserId;

/** Which links in mails are still good? Each token is good once, and only the newest one of its purpose. */
public final class OneTimeTokenStore {
    /** What a token is for, and for how long. */
    public enum Purpose {
        PASSWORD_RESET(Duration.ofHours(1)),
        EMAIL_VERIFICATION(Duration.ofDays(1)),
        /** To the address that somebody wants to have from now on. */
        EMAIL_CHANGE(Duration.ofDays(1));

        private final Duration life;

        Purpose(Duration life) {
            this.life = life;
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param email the address that the token was sent to */
    public record Holder(UserId user, String email) {}

    private final Database database;
    private final SecretTokens tokens;

    OneTimeTokenStore(Database database, SecretTokens tokens) {
        this.database = database;
        this.tokens = tokens;
    }

    /** A new token, told once; those of before are void. */
    public Mono<String> issue(User user, Purpose purpose) {
        return issue(user.id(), purpose, user.email());
    }

    /** @param email where it is sent to */
    public Mono<String> issue(UserId user, Purpose purpose, String email) {
        String token = SecretTokens.fresh();
        Mono<Long> former = revoke(user, purpose);
        Mono<Long> written = database.update(database.sql("""
                        INSERT INTO one_time_tokens (token_hash, user_id, purpose, email, expires_at)
                        VALUES (:hash, :person, :purpose, :email, now() + make_interval(secs => :life))
                        """)
                .bind("hash", tokens.hash(token))
                .bind("person", user.uuid())
                .bind("purpose", purpose.word())
                .bind("email", email)
                .bind("life", (double) purpose.life.toSeconds()));
        return database.transaction(former.then(written)).thenReturn(token);
    }

    /** Whose token it is; empty when it is none, was used or its time is over. It is used now. */
    public Mono<Holder> use(String token, Purpose purpose) {
        return database.one(
                database.sql("""
                        UPDATE one_time_tokens SET used_at = now()
                        WHERE token_hash = :hash AND purpose = :purpose AND used_at IS NULL AND expires_at > now()
                        RETURNING user_id, email
                        """).bind("hash", tokens.hash(token)).bind("purpose", purpose.word()),
                OneTimeTokenStore::holder);
    }

    /** All of {@code change}, in which a token is used, or nothing. */
    public <T> Mono<T> together(Mono<T> change) {
        return database.transaction(change);
    }

    /** Makes all tokens of a purpose void. */
    public Mono<Long> revoke(UserId user, Purpose purpose) {
        return database.update(database.sql("""
                        DELETE FROM one_time_tokens WHERE user_id = :person AND purpose = :purpose
                        """).bind("person", user.uuid()).bind("purpose", purpose.word()));
    }

    private static Holder holder(Readable row) {
        return new Holder(new UserId(required(row, "user_id", UUID.class)), required(row, "email", String.class));
    }
}
