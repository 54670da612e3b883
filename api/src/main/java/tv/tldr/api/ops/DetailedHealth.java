package tv.tldr.api.ops;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How is the whole, part by part, and what is wrong with it?
 *
 * @param checks by dependency
 * @param examinedAt when the doctor looked; null: not yet
 * @param findings what it found, the worst first
 */
record DetailedHealth(
        Health status,
        String version,
        Map<String, CheckResult> checks,
        @Nullable Instant examinedAt,
        List<FoundFault> findings) {}
