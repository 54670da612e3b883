package tv.tldr.activities.store;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import tv.tldr.workflows.TypeId;

/** Which id does a new row get? A UUID of version 7: sortable by time of creation, and not to be guessed. */
public final class FreshUuid {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Clock CLOCK = Clock.systemUTC();

    private FreshUuid() {}

    /** An id that nobody has. */
    public static UUID next() {
        return TypeId.version7(CLOCK.millis(), RANDOM.nextLong(), RANDOM.nextLong());
    }
}
