package tv.tldr.api.ops;

import io.r2dbc.spi.R2dbcException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Does PostgreSQL answer? */
@Component
final class DatabaseCheck implements HealthCheck {
    private final DatabaseClient database;
    private final ConnectionUse connections;

    DatabaseCheck(DatabaseClient database, ConnectionUse connections) {
        this.database = database;
        this.connections = connections;
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public boolean isVital() {
        return true;
    }

    @Override
    public String hint() {
        return "Look whether PostgreSQL runs and DATABASE_URL is right.";
    }

    /** By the code that PostgreSQL gives. */
    @Override
    public String said(Throwable failure) {
        String state = Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(R2dbcException.class::isInstance)
                .map(cause -> String.valueOf(((R2dbcException) cause).getSqlState()))
                .findFirst()
                .orElse("");
        return switch (state) {
            case "28000", "28P01" -> "PostgreSQL refuses the user or the password";
            case "3D000" -> "PostgreSQL has no such database";
            case "53300" -> "PostgreSQL takes no more connections";
            case "57P03" -> "PostgreSQL is just starting or ending";
            default -> "PostgreSQL does not answer";
        };
    }

    @Override
    public Optional<CheckResult> knownCause() {
        return connections.exhausted();
    }

    @Override
    public Mono<CheckResult> check() {
        return database.sql("SELECT current_setting('server_version')")
                .mapValue(String.class)
                .one()
                .map(version -> CheckResult.up("PostgreSQL " + version));
    }
}
