package tv.tldr.activities.store;

import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * What does the database call out to every process? Heard over one connection outside of the pool, which is made again when it
 * breaks. What is called meanwhile is missed: who listens must look by itself now and then.
 */
public final class Notifications {
    /** Something was written to {@code events}: the organization's id, a space, and the stream's if it is of one. */
    public static final String EVENTS = "tldr_events";

    /** There is something to deliver: the organization's id. */
    public static final String DELIVERIES = "tldr_deliveries";

    private static final Logger log = LoggerFactory.getLogger(Notifications.class);
    private static final List<String> CHANNELS = List.of(EVENTS, DELIVERIES);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final Flux<Notice> notices;

    Notifications(ConnectionFactory pool) {
        this.notices = Flux.usingWhen(
                        WalledConnections.below(pool).create(),
                        Notifications::hear,
                        connection -> Mono.from(connection.close()))
                .concatWith(Mono.error(() -> new StoreFailure(
                        StoreFailure.Kind.UNAVAILABLE, "the connection that listens was closed", null)))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                        .maxBackoff(LONGEST_PAUSE)
                        .transientErrors(true)
                        .doBeforeRetry(retry -> log.debug(
                                "Listening again after: {}", retry.failure().toString())))
                .share();
    }

    /** @param payload what was said with it */
    public record Notice(String channel, String payload) {}

    /** All that is called out on one of our channels while somebody listens; never ends and never fails. */
    public Flux<Notice> listen() {
        return notices;
    }

    private static Flux<Notice> hear(io.r2dbc.spi.Connection connection) {
        PostgresqlConnection postgres = (PostgresqlConnection) connection;
        Flux<Notice> heard = postgres.getNotifications().map(Notifications::notice);
        return Flux.fromIterable(CHANNELS)
                .concatMap(channel -> postgres.createStatement("LISTEN " + channel)
                        .execute()
                        .flatMap(result -> result.getRowsUpdated()))
                .thenMany(heard);
    }

    private static Notice notice(Notification notification) {
        return new Notice(notification.getName(), Objects.requireNonNullElse(notification.getParameter(), ""));
    }
}
