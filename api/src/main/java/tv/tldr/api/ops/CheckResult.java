package tv.tldr.api.ops;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How is a dependency?
 *
 * @param status what it is good for now
 * @param latencyMs how long it took to answer, milliseconds
 * @param detail what was seen, in words; no secret and no address
 * @param hint what helps; null when nothing is wrong
 */
public record CheckResult(
        Health status,
        long latencyMs,
        String detail,
        @Nullable String hint) {

    public static CheckResult up(String detail) {
        return new CheckResult(Health.UP, 0, detail, null);
    }

    /** It works, with a limit that somebody should look at. */
    public static CheckResult degraded(String detail, String hint) {
        return new CheckResult(Health.DEGRADED, 0, detail, hint);
    }

    public static CheckResult down(String detail, String hint) {
        return new CheckResult(Health.DOWN, 0, detail, hint);
    }

    CheckResult after(Duration latency) {
        return new CheckResult(status, latency.toMillis(), detail, hint);
    }

    @JsonIgnore
    boolean isDown() {
        return status == Health.DOWN;
    }
}
