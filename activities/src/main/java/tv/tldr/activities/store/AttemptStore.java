package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.required;

import java.time.Duration;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** How often did somebody try? Counted in the database, so that more processes give nobody more tries. */
public final class AttemptStore {
    private final Database database;
    private final SecretTokens subjects;

    AttemptStore(Database database, SecretTokens subjects) {
        this.database = database;
        this.subjects = subjects;
    }

    /**
     * Counts one more.
     *
     * @param subject whose tries of what they are, such as {@code sign-in of a@example.com}
     * @param most within {@code window}, which begins with the first
     * @return how long to wait when it is one too many; else empty
     */
    public Mono<Optional<Duration>> count(String subject, int most, Duration window) {
        return database.one(
                database.sql("""
                        INSERT INTO attempts AS a (subject, number, ends_at)
                        VALUES (:subject, 1, now() + make_interval(secs => :window))
                        ON CONFLICT (subject) DO UPDATE SET
                            number = CASE WHEN a.ends_at <= now() THEN 1 ELSE least(a.number, 1000000) + 1 END,
                            ends_at = CASE WHEN a.ends_at <= now() THEN excluded.ends_at ELSE a.ends_at END
                        RETURNING number, extract(epoch FROM ends_at - now())::float8 AS seconds
                        """)
                        .bind("subject", subjects.hashOfAddress(subject))
                        .bind("window", (double) window.toSeconds()),
                row -> required(row, "number", Integer.class) <= most
                        ? Optional.empty()
                        : Optional.of(Duration.ofSeconds(
                                (long) Math.ceil(Math.max(1, required(row, "seconds", Double.class))))));
    }

    /** Forgets what was counted: it was who they said. */
    public Mono<Void> forget(String subject) {
        return database.update(database.sql("DELETE FROM attempts WHERE subject = :subject")
                        .bind("subject", subjects.hashOfAddress(subject)))
                .then();
    }

    /** One try less: it was a good one. */
    public Mono<Void> giveBack(String subject) {
        return database.update(
                        database.sql("UPDATE attempts SET number = greatest(number - 1, 0) WHERE subject = :subject")
                                .bind("subject", subjects.hashOfAddress(subject)))
                .then();
    }

    public Mono<Long> sweep() {
        return database.update(database.sql("DELETE FROM attempts WHERE ends_at < now()"));
    }
}
