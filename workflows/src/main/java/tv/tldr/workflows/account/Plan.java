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
