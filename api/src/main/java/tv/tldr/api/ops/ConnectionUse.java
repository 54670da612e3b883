package tv.tldr.api.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How busy is this process's own pool of connections to PostgreSQL? Known without asking the server. */
@Component
final class ConnectionUse {
    private static final String POOL = "r2dbc.pool.";

    private final MeterRegistry registry;

    ConnectionUse(MeterRegistry registry) {
        this.registry = registry;
    }

    /** How many requests wait for a connection. */
    int waiting() {
        return connections("pending");
    }

    /** What a check says that waited for one itself; empty when connections are to be had. */
    Optional<CheckResult> exhausted() {
        int most = connections("max.allocated");
        if (most == 0 || connections("acquired") < most) {
            return Optional.empty();
        }
        return Optional.of(CheckResult.down(
                "all " + most + " connections of this process are in use, and " + waiting() + " requests wait for one",
                "Raise DATABASE_MAX_OVERFLOW, or see who holds them: ./tldr doctor --only"
                        + " api-pool,database-slow,database-idle"));
    }

    private int connections(String which) {
        Gauge gauge = registry.find(POOL + which).gauge();
        return gauge == null || Double.isNaN(gauge.value()) ? 0 : (int) gauge.value();
    }
}
