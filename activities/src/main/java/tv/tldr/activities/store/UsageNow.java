package tv.tldr.activities.store;

import java.math.BigDecimal;
import java.time.Instant;
import tv.tldr.workflows.account.Plan;

/**
 * What has an organization used of its plan in the current month (UTC), and what does it hold?
 *
 * @param at the database's now
 * @param periodEnd when the month's counts begin again from nothing
 * @param streamSeconds of sources that were measured
 * @param storageBytes of recordings, clips and pictures that are there now
 * @param aiCost US dollars
 * @param streamsInProcess now
 */
public record UsageNow(
        Plan plan,
        Instant at,
        Instant periodStart,
        Instant periodEnd,
        double streamSeconds,
        long storageBytes,
        long apiCalls,
        long aiRequests,
        BigDecimal aiCost,
        int streamsInProcess) {
    private static final double SECONDS_AN_HOUR = 3600;

    public double streamHours() {
        return streamSeconds / SECONDS_AN_HOUR;
    }
}
