package tv.tldr.activities.store;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.Wrapped;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Where do connections come from on which no statement can run but within its {@link Reach}? They stand below the pool. */
record WalledConnections(ConnectionFactory unwrap) implements ConnectionFactory, Wrapped<ConnectionFactory> {
    /** Connections that {@code pool} neither lends nor takes back: for whoever listens. */
    static ConnectionFactory below(ConnectionFactory pool) {
        return switch (pool) {
            case PatientPool patient -> below(patient.pool());
            case Wrapped<?> wrapped when wrapped.unwrap() instanceof ConnectionFactory factory -> factory;
            case ConnectionFactory bare -> bare;
        };
    }

    @Override
    public Publisher<? extends Connection> create() {
        return Mono.from(unwrap.create()).map(connection -> WalledConnection.around((PostgresqlConnection) connection));
    }

    @Override
    public ConnectionFactoryMetadata getMetadata() {
        return unwrap.getMetadata();
    }
}
