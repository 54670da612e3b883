package tv.tldr.api.ops;

import io.r2dbc.spi.R2dbcException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tv.tldr.api.MigratedDatabase;

/** Does PostgreSQL answer, and has it all that this program needs? */
@Component
final class DatabaseCheck implements HealthCheck {
    private final DatabaseClient database;
    private final ConnectionUse connections;
    private final MigratedDatabase schema;

    DatabaseCheck(DatabaseClient database, ConnectionUse connections, MigratedDatabase schema) {
        this.database = database;
        this.connections = connections;
        this.schema = schema;
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
                .publishOn(Schedulers.boundedElastic())
                .map(version -> schema.isBehind()
                        ? CheckResult.down("its schema is not up to date", "Run ./tldr db migrate with this version.")
                        : CheckResult.up("PostgreSQL " + version));
    }
}
