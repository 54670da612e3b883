package tv.tldr.activities.store.backup;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * How does a tool that opens, commits and closes by itself work within a transaction of somebody else? By this: its
 * connections are all the same one, and only whoever began the transaction commits it. A rollback is one.
 */
final class SharedTransaction extends AbstractDataSource {
    private final Connection connection;

    /** @param connection in a transaction */
    SharedTransaction(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Connection getConnection() {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> answer(method, arguments));
    }

    @Override
    public Connection getConnection(String user, String password) {
        return getConnection();
    }

    private @Nullable Object answer(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        return switch (method.getName()) {
            case "commit", "close", "setAutoCommit" -> null;
            default -> {
                try {
                    yield method.invoke(connection, arguments);
                } catch (InvocationTargetException failed) {
                    throw failed.getTargetException();
                }
            }
        };
    }
}
