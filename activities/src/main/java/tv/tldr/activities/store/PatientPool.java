package tv.tldr.activities.store;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.Wrapped;
import java.time.Duration;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcProperties;
import reactor.core.publisher.Mono;

/**
 * How long does anybody wait for a connection? That long and no longer: the pool begins its time anew with each connection that
 * it tries, which is four times over where the server hangs.
 */
record PatientPool(ConnectionPool pool, Duration patience) implements ConnectionFactory, Wrapped<ConnectionFactory> {
    /** Puts one around the pool that Spring Boot makes, with the time that is set for it. */
    record Around(ObjectProvider<R2dbcProperties> properties) implements BeanPostProcessor {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return bean instanceof ConnectionPool pool
                    ? new PatientPool(
                            pool,
                            Objects.requireNonNull(
                                    properties.getObject().getPool().getMaxAcquireTime()))
                    : bean;
        }
    }

    @Override
    public Mono<Connection> create() {
        return pool.create().timeout(patience);
    }

    @Override
    public ConnectionFactory unwrap() {
        return pool;
    }

    @Override
    public ConnectionFactoryMetadata getMetadata() {
        return pool.getMetadata();
    }
}
