package tv.tldr.activities.store;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import io.r2dbc.postgresql.api.PostgresqlStatement;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Within which {@link Reach} is a connection now? Each statement finds its own in the Reactor context, or {@link Reach#NOBODY}; it
 * is sent only after PostgreSQL has acknowledged that reach, so that nothing which an earlier statement, another user of the pool
 * or a transaction left behind can be what it runs within.
 */
final class WalledConnection {
    private static final String ENTER =
            "SELECT set_config('role', wall_role($1), false), set_config('tldr.tenant', $2, false)";

    /** Everything else may end a transaction, and with it take back what was set within. */
    private static final Set<String> CHANGE_NOTHING = Set.of("validate", "getMetadata", "getNotifications", "toString");

    /** They would run statements that nothing was set for. */
    private static final Set<String> WAYS_AROUND = Set.of("createBatch", "copyIn");

    private final PostgresqlConnection connection;
    /** Null: not known. */
    private @Nullable Reach current;
    /** Of the statements that are running. */
    private @Nullable Reach claimed;

    private int running;

    private WalledConnection(PostgresqlConnection connection) {
        this.connection = connection;
    }

    static PostgresqlConnection around(PostgresqlConnection connection) {
        return proxy(PostgresqlConnection.class, new WalledConnection(connection)::invoke);
    }

    private @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments) throws Throwable {
        String name = method.getName();
        if (WAYS_AROUND.contains(name)) {
            throw new UnsupportedOperationException(name + " knows no reach");
        }
        Object answer = call(connection, method, arguments);
        if (answer instanceof PostgresqlStatement statement) {
            return walled(statement);
        }
        if (CHANGE_NOTHING.contains(name) || !(answer instanceof Mono<?> change)) {
            return answer;
        }
        return change.doOnSubscribe(begun -> forget()).doFinally(ended -> forget());
    }

    private PostgresqlStatement walled(PostgresqlStatement statement) {
        return proxy(PostgresqlStatement.class, (self, method, arguments) -> {
            if (method.getName().equals("execute")) {
                return execute(statement);
            }
            Object answer = call(statement, method, arguments);
            return answer == statement ? self : answer;
        });
    }

    private Flux<PostgresqlResult> execute(PostgresqlStatement statement) {
        return Flux.deferContextual(context -> {
            Reach reach = context.hasKey(Reach.class) ? context.get(Reach.class) : Reach.NOBODY;
            Flux<PostgresqlResult> execution =
                    claim(reach) ? statement.execute() : enter(reach).thenMany(Flux.defer(statement::execute));
            // Before anybody hears of the end, who may go on with another statement at once.
            AtomicBoolean over = new AtomicBoolean();
            return execution.doOnTerminate(() -> release(over)).doOnCancel(() -> release(over));
        });
    }

    private Mono<Void> enter(Reach reach) {
        return connection
                .createStatement(ENTER)
                .bind("$1", reach.role())
                .bind("$2", reach.tenant())
                .execute()
                .concatMap(PostgresqlResult::getRowsUpdated)
                .then()
                .doOnSuccess(acknowledged -> entered(reach));
    }

    /** Whether the connection is within {@code reach} already. */
    private synchronized boolean claim(Reach reach) {
        if (running > 0 && !reach.equals(claimed)) {
            throw new IllegalStateException("two statements of one transaction would run within two reaches at once");
        }
        running++;
        claimed = reach;
        if (reach.equals(current)) {
            return true;
        }
        current = null;
        return false;
    }

    private synchronized void release(AtomicBoolean over) {
        if (over.compareAndSet(false, true)) {
            running--;
        }
    }

    private synchronized void entered(Reach reach) {
        current = reach;
    }

    private synchronized void forget() {
        current = null;
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
