package tv.tldr.workflows.account;

import java.time.Duration;
import java.util.Optional;

/** How much may an organization use? */
public enum Plan {
    STARTER,
    PROFESSIONAL,
    ENTERPRISE;

    /** Empty: none. */
    public Optional<Limits> limits() {
        return switch (this) {
            case STARTER -> Optional.of(new Limits(100, 2, 50, 100, 5, Duration.ofDays(7), Duration.ofHours(4)));
            case PROFESSIONAL ->
                Optional.of(new Limits(1000, 10, 500, 1000, 50, Duration.ofDays(30), Duration.ofHours(12)));
            case ENTERPRISE -> Optional.empty();
        };
    }

    /**
     * How many turns of the workers does a stream get while others want them, too? A larger plan gets a little more; who has
     * much under way gets fewer for each, yet never none: a half for 10, a third for 100. So one that has a tenth of another's
     * under way waits less than twice as long as alone, whatever their plans.
     *
     * @param streamsInProcess of the organization, this one included
     * @return Temporal's fairness weight, of which 1 is the usual one
     */
    public double fairnessWeight(int streamsInProcess) {
        double most =
                switch (this) {
                    case STARTER -> 1;
                    case PROFESSIONAL -> 1.25;
                    case ENTERPRISE -> 1.5;
                };
        return most / (1 + Math.log10(Math.max(1, streamsInProcess)));
    }

    /**
     * @param streamHours of sources that are taken in within a month
     * @param concurrentStreams in process at once
     * @param storageGigabytes of 10^9 bytes
     * @param requestsPerMinute to the API
     * @param users with a role in the organization
     * @param retention how long recordings and clips are kept
     * @param longestStream how long one source may be
     */
    public record Limits(
            int streamHours,
            int concurrentStreams,
            int storageGigabytes,
            int requestsPerMinute,
            int users,
            Duration retention,
            Duration longestStream) {
        private static final long GIGABYTE = 1_000_000_000L;

        public long storageBytes() {
            return storageGigabytes * GIGABYTE;
        }
    }
}
