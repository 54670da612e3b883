package tv.tldr.api.usage;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.Granularity;
import tv.tldr.activities.store.UsageBucket;
import tv.tldr.activities.store.UsageNow;
import tv.tldr.workflows.account.Plan;

/**
 * What does a client see of what was used?
 *
 * @param current this month against the plan
 */
record UsageResponse(Instant from, Instant to, String granularity, List<Step> data, Current current) {
    private static final double SECONDS_AN_HOUR = 3600;

    /** @param start of the day, week or month (UTC) */
    record Step(
            Instant start,
            double streamHours,
            long streams,
            long storageBytesAdded,
            long apiCalls,
            long aiRequests,
            BigDecimal aiCostUsd) {
        static Step of(UsageBucket bucket) {
            return new Step(
                    bucket.start(),
                    bucket.streamSeconds() / SECONDS_AN_HOUR,
                    bucket.streams(),
                    bucket.storageBytes(),
                    bucket.apiCalls(),
                    bucket.aiRequests(),
                    bucket.aiCost());
        }
    }

    /**
     * @param limit null: the plan sets none
     * @param percentage of the limit; null without one
     */
    record Share(
            double used, @Nullable Double limit, @Nullable Double percentage) {
        static Share of(double used, Optional<Plan.Limits> limits, ToDoubleFunction<Plan.Limits> limit) {
            return limits.map(limit::applyAsDouble)
                    .map(most -> new Share(used, most, Math.round(used / most * 10_000) / 100.0))
                    .orElseGet(() -> new Share(used, null, null));
        }
    }

    /** @param reset when the month's counts begin again from nothing */
    record Current(
            Plan plan,
            Instant periodStart,
            Instant reset,
            Share streamHours,
            Share storageBytes,
            Share concurrentStreams,
            long apiCalls,
            long aiRequests,
            BigDecimal aiCostUsd,
            @Nullable Integer requestsPerMinute,
            @Nullable Double longestStreamHours) {
        static Current of(UsageNow now) {
            Optional<Plan.Limits> limits = now.plan().limits();
            return new Current(
                    now.plan(),
                    now.periodStart(),
                    now.periodEnd(),
                    Share.of(now.streamHours(), limits, Plan.Limits::streamHours),
                    Share.of((double) now.storageBytes(), limits, most -> (double) most.storageBytes()),
                    Share.of(now.streamsInProcess(), limits, Plan.Limits::concurrentStreams),
                    now.apiCalls(),
                    now.aiRequests(),
                    now.aiCost(),
                    limits.map(Plan.Limits::requestsPerMinute).orElse(null),
                    limits.map(most -> most.longestStream().toSeconds() / SECONDS_AN_HOUR)
                            .orElse(null));
        }
    }

    static UsageResponse of(
            Instant from, Instant to, Granularity granularity, List<UsageBucket> buckets, UsageNow now) {
        return new UsageResponse(
                from, to, granularity.wire(), buckets.stream().map(Step::of).toList(), Current.of(now));
    }
}
