package tv.tldr.api.ops;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How is a dependency?
 *
 * @param status what it is good for now
 * @param checkedAt when that was seen
 * @param latencyMs how long it took to answer, milliseconds
 * @param detail what was seen, in words; no secret and no address
 * @param hint what helps; null when nothing is wrong
 */
public record CheckResult(
        Health status,
        Instant checkedAt,
        long latencyMs,
        String detail,
        @Nullable String hint) {

    public static CheckResult up(String detail) {
        return of(Health.UP, detail, null);
    }

    /** It works, with a limit that somebody should look at. */
    public static CheckResult degraded(String detail, String hint) {
        return of(Health.DEGRADED, detail, hint);
    }

    public static CheckResult down(String detail, String hint) {
        return of(Health.DOWN, detail, hint);
    }

    private static CheckResult of(Health status, String detail, @Nullable String hint) {
        return new CheckResult(status, Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS), 0, detail, hint);
    }

    CheckResult after(Duration latency) {
        return new CheckResult(status, checkedAt, latency.toMillis(), detail, hint);
    }

    @JsonIgnore
    boolean isDown() {
        return status == Health.DOWN;
    }
}
