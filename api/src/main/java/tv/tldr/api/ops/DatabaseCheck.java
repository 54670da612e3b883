package tv.tldr.api.ops;

import java.util.Optional;
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
