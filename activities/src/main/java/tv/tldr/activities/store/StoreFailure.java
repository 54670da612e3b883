package tv.tldr.activities.store;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.CannotCreateTransactionException;

/** Why did the database not do what was asked? Every failure of a store is one of these. */
public final class StoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What the caller can do about it. */
    public enum Kind {
        /** A row with this key is there already. */
        DUPLICATE,
        /** The row that was meant or that this one belongs to does not exist, or no longer. */
        MISSING,
        /** The row is in a state that forbids it, and will not leave it. */
        CONFLICT,
        /** The plan of the organization has nothing left of what is asked for; in words for its people. */
        USED_UP,
        /** Others were quicker or the database is away: the same again may succeed. Nothing was changed, or all of it. */
        UNAVAILABLE,
        /** The statement or the data is wrong: a fault of the program. */
        BROKEN;

        /** Whether the same again may succeed. */
        public boolean isRetryable() {
            return this == UNAVAILABLE;
        }
    }

    private final Kind kind;

    StoreFailure(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What PostgreSQL calls it, five letters and digits; empty when it said nothing. */
    public String sqlState() {
        for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof R2dbcException said && said.getSqlState() != null) {
                return said.getSqlState();
            }
        }
        return "";
    }

    /** Whether something thrown is a failure of that kind. */
    public static Predicate<Throwable> is(Kind kind) {
        return thrown -> thrown instanceof StoreFailure failure && failure.kind() == kind;
    }

    /** The failure behind whatever driver, pool, transaction manager or operator threw. */
    static StoreFailure from(Throwable thrown) {
        if (thrown instanceof StoreFailure failure) {
            return failure;
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Kind kind = kindOf(cause);
            if (kind != null) {
                return new StoreFailure(kind, describe(kind, cause), thrown);
            }
        }
        return new StoreFailure(Kind.BROKEN, describe(Kind.BROKEN, thrown), thrown);
    }

    /** Without the driver's words, which name hosts and values; they are in the cause. */
    private static String describe(Kind kind, Throwable thrown) {
        String state = thrown instanceof R2dbcException failure ? failure.getSqlState() : null;
        String what =
                switch (kind) {
                    case DUPLICATE -> "the database has this row already";
                    case MISSING -> "the database does not have the row that this one belongs to";
                    case CONFLICT -> "the database has the row in another state";
                    case USED_UP -> "the plan has no more of it";
                    case UNAVAILABLE -> "the database does not answer";
                    case BROKEN -> "the database refused a statement or its data";
                };
        return what + " (" + (state == null ? thrown.getClass().getSimpleName() : "SQLSTATE " + state) + ")";
    }

    private static @Nullable Kind kindOf(Throwable thrown) {
        return switch (thrown) {
            case R2dbcException failure when failure.getSqlState() != null -> kindOf(failure.getSqlState());
            case R2dbcTransientException _, R2dbcNonTransientResourceException _ -> Kind.UNAVAILABLE;
            case CannotCreateTransactionException _, TimeoutException _, IOException _ -> Kind.UNAVAILABLE;
            case R2dbcException _ -> Kind.BROKEN;
            case Throwable _ -> null;
        };
    }

    /** By SQLSTATE: the class where all of a class means the same, else the single state. */
    private static Kind kindOf(String sqlState) {
        return switch (sqlState) {
            case "23505" -> Kind.DUPLICATE; // unique_violation
            case "23503" -> Kind.MISSING; // foreign_key_violation
            case "40001", "40P01", "55P03" -> Kind.UNAVAILABLE; // serialization, deadlock, lock not available
            case "57014", "57P01", "57P02", "57P03", "57P05" ->
                Kind.UNAVAILABLE; // cancelled, shut down, crashed, starting
            // Let in no more, or another name than before: a password is being changed, a database restored.
            case "28000", "28P01", "3D000" -> Kind.UNAVAILABLE;
            case "25006" -> Kind.UNAVAILABLE; // read-only: a replica, in the middle of a failover
            case String state when state.startsWith("08") -> Kind.UNAVAILABLE; // connection
            case String state when state.startsWith("53") -> Kind.UNAVAILABLE; // out of connections, memory, disk
            case String state when state.startsWith("58") -> Kind.UNAVAILABLE; // the server's own system
            case String _ -> Kind.BROKEN;
        };
    }
}
