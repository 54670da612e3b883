package tv.tldr.api.temporal;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * How finely is told how long Temporal's SDK takes? By powers of ten from a hundredth of a second on: its own 69 buckets, for each
 * call and each activity, are megabytes that Prometheus reads every few seconds.
 */
@Component
final class TemporalTimes implements MeterFilter {
    private static final DistributionStatisticConfig FEW = DistributionStatisticConfig.builder()
            .percentilesHistogram(false)
            .serviceLevelObjectives(Stream.of("PT0.01S", "PT0.1S", "PT1S", "PT10S", "PT1M40S", "PT16M40S")
                    .mapToDouble(bound -> Duration.parse(bound).toNanos())
                    .toArray())
            .build();

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        return id.getName().startsWith("temporal_") ? FEW.merge(config) : config;
    }
}
