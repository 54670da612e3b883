package tv.tldr.api.http;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Does a failure mean that a dependency is away, so that the same request may succeed in a moment? */
final class Outage {
    private static final int DEEPEST_CAUSE = 16;

    private Outage() {}

    static boolean caused(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (isOutage(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean isOutage(Throwable cause) {
        return switch (cause) {
            case DataAccessResourceFailureException away -> true;
            case TransientDataAccessException away -> true;
            case CannotCreateTransactionException away -> true;
            case R2dbcTransientResourceException away -> true;
            case R2dbcNonTransientResourceException away -> true;
            case R2dbcTimeoutException away -> true;
            case R2dbcException refused -> saysAway(refused.getSqlState());
            case ConnectException away -> true;
            case ClosedChannelException away -> true;
            default -> false;
        };
    }

    /** Classes 08 connection, 53 resources, 57 operator intervention (shutdown, starting up), 58 system error. */
    private static boolean saysAway(@Nullable String sqlState) {
        return sqlState != null
                && (sqlState.startsWith("08")
                        || sqlState.startsWith("53")
                        || sqlState.startsWith("57")
                        || sqlState.startsWith("58"));
    }
}
