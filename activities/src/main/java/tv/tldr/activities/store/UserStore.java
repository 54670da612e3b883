package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.account.UserId;

/** Which people are there? Their e-mail addresses are compared without regard to upper and lower case. */
public final class UserStore {
    private final Database database;

    UserStore(Database database) {
        this.database = database;
    }

    /**
     * Writes down somebody new.
     *
     * @param id that nobody has
     * @param verified whether mail is known to reach them
     * @return fails as {@link StoreFailure.Kind#DUPLICATE} when somebody has the address
     */
    public Mono<User> create(UserId id, String email, String name, String passwordHash, boolean verified) {
        return database.one(
                database.sql("""
                        INSERT INTO users (id, email, name, password_hash, email_verified_at)
                        VALUES (:id, :email, :name, :hash, CASE WHEN :verified THEN now() END)
                        RETURNING *
                        """)
                        .bind("id", id.uuid())
                        .bind("email", email)
                        .bind("name", name)
                        .bind("hash", passwordHash)
                        .bind("verified", verified),
                UserStore::user);
    }

    public Mono<User> find(UserId id) {
        return database.one(database.sql("SELECT * FROM users WHERE id = :id").bind("id", id.uuid()), UserStore::user);
    }

    public Mono<User> withEmail(String email) {
        return database.one(
                database.sql("SELECT * FROM users WHERE lower(email) = lower(:email)")
                        .bind("email", email),
                UserStore::user);
    }

    /** Empty when {@code expected} is not the current version any more. */
    public Mono<User> rename(UserId id, String name, long expected) {
        return database.one(
                database.sql("""
                        UPDATE users SET name = :name, updated_at = now(), version = version + 1
                        WHERE id = :id AND version = :expected
                        RETURNING *
                        """).bind("id", id.uuid()).bind("name", name).bind("expected", expected), UserStore::user);
    }

    /** Also when the old one was changed meanwhile: the last one counts. */
    public Mono<Void> setPassword(UserId id, String passwordHash) {
        return database.update(database.sql("""
                        UPDATE users SET password_hash = :hash, updated_at = now(), version = version + 1 WHERE id = :id
                        """).bind("id", id.uuid()).bind("hash", passwordHash))
                .then();
    }

    /** Notes that mail to {@code email} reaches them, if it is still their address. */
    public Mono<Void> verifyEmail(UserId id, String email) {
        return database.update(database.sql("""
                        UPDATE users SET email_verified_at = now(), updated_at = now(), version = version + 1
                        WHERE id = :id AND lower(email) = lower(:email) AND email_verified_at IS NULL
                        """).bind("id", id.uuid()).bind("email", email))
                .then();
    }

    /**
     * Gives somebody another address, which mail is known to reach.
     *
     * @return fails as {@link StoreFailure.Kind#DUPLICATE} when somebody has the address
     */
    public Mono<User> changeEmail(UserId id, String email) {
        return database.one(database.sql("""
                        UPDATE users SET email = :email, email_verified_at = now(), updated_at = now(), version = version + 1
                        WHERE id = :id
                        RETURNING *
                        """).bind("id", id.uuid()).bind("email", email), UserStore::user);
    }

    /**
     * Deletes an account, with its sessions.
     *
     * @param leaving ends before what it was in organizations, in the same transaction
     */
    public Mono<Void> remove(UserId id, Mono<Void> leaving) {
        return database.transaction(leaving.then(database.update(
                        database.sql("DELETE FROM users WHERE id = :id").bind("id", id.uuid()))))
                .then();
    }

    static User user(Readable row) {
        return new User(
                new UserId(required(row, "id", UUID.class)),
                required(row, "email", String.class),
                required(row, "name", String.class),
                required(row, "password_hash", String.class),
                optional(row, "email_verified_at", Instant.class),
                required(row, "created_at", Instant.class),
                required(row, "updated_at", Instant.class),
                required(row, "version", Long.class));
    }
}
