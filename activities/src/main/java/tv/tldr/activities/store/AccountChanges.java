package tv.tldr.activities.store;

import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Which keys, people and sessions were changed, by whichever process? PostgreSQL tells it on a connection that does nothing
 * else. What was read before may be trusted only while this connection is known to live: it is asked several times a second,
 * so that a broken network is noticed within a second, too.
 */
public final class AccountChanges implements AutoCloseable {
    /** What is told with a change; see the triggers in the schema. */
    static final String CHANNEL = "tldr_accounts";

    private static final Logger log = LoggerFactory.getLogger(AccountChanges.class);
    private static final Duration PULSE = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** Since a question that was answered began: anything committed before it has been told. */
    private static final long TRUST_NANOS = Duration.ofMillis(900).toNanos();

    private final Mono<PostgresqlConnection> connecting;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Disposable listening;
    private volatile boolean connected;
    private volatile long provenAt;

    /** @param connections without a pool */
    AccountChanges(ConnectionFactory connections) {
        this.connecting = Mono.from(connections.create()).cast(PostgresqlConnection.class);
        this.listening = Flux.usingWhen(connecting.timeout(CONNECTING), this::listen, Connection::close)
                .onErrorResume(failure -> {
                    lost(failure);
                    return Mono.empty();
                })
                .repeatWhen(ends -> ends.delayElements(PAUSE))
                .subscribe();
    }

    /** Who keeps what was read. */
    public interface Listener {
        /** @param what {@code key}, {@code user} or {@code session} */
        void changed(String what, String which);

        /** Changes may have been missed: forget all. */
        void missed();
    }

    public void tell(Listener listener) {
        listeners.add(listener);
    }

    /** Whether every change that was committed a second ago has been told. */
    public boolean isCurrent() {
        return connected && System.nanoTime() - provenAt < TRUST_NANOS;
    }

    private Flux<Void> listen(PostgresqlConnection connection) {
        Mono<Void> begin = execute(connection, "LISTEN " + CHANNEL).then(Mono.fromRunnable(() -> {
            listeners.forEach(Listener::missed);
            provenAt = System.nanoTime();
            connected = true;
        }));
        Flux<Void> told = connection.getNotifications().doOnNext(this::tell).thenMany(Flux.empty());
        Flux<Void> pulse = Flux.interval(PULSE).onBackpressureDrop().concatMap(tick -> prove(connection), 1);
        return Flux.merge(told, begin.thenMany(pulse));
    }

    private Mono<Void> prove(PostgresqlConnection connection) {
        return Mono.defer(() -> {
            long asked = System.nanoTime();
            return execute(connection, "SELECT 1").timeout(PATIENCE).then(Mono.fromRunnable(() -> provenAt = asked));
        });
    }

    private static Mono<Void> execute(PostgresqlConnection connection, String statement) {
        return connection
                .createStatement(statement)
                .execute()
                .concatMap(PostgresqlResult::getRowsUpdated)
                .then();
    }

    private void tell(Notification notification) {
        String text = String.valueOf(notification.getParameter());
        int space = text.indexOf(' ');
        for (Listener listener : listeners) {
            if (space < 0) {
                listener.missed();
            } else {
                listener.changed(text.substring(0, space), text.substring(space + 1));
            }
        }
    }

    private void lost(Throwable failure) {
        if (connected) {
            log.warn("Changes of keys are not heard for the moment, so that none is kept: {}", failure.toString());
        }
        connected = false;
    }

    @Override
    public void close() {
        connected = false;
        listening.dispose();
    }
}
