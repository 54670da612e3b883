package tv.tldr.activities.store;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What was used in one day, week or month (UTC)?
 *
 * @param storageBytes stored in it, less what went
 */
public record UsageBucket(
        Instant start,
        double streamSeconds,
        long streams,
        long storageBytes,
        long apiCalls,
        long aiRequests,
        BigDecimal aiCost) {}
