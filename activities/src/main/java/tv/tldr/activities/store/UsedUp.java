package tv.tldr.activities.store;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.account.Plan;

/**
 * Of which limit of its plan has an organization nothing left?
 *
 * @param name what is limited, as it is called on the wire
 * @param what the same in words
 * @param used so much of it, in the limit's own unit
 * @param reset when it begins again from nothing; null: it grows less when something is deleted
 */
public record UsedUp(
        String name,
        String what,
        double used,
        double limit,
        @Nullable Instant reset) {
    private static final double SECONDS_AN_HOUR = 3600;

    public static Optional<UsedUp> hours(double seconds, Plan.Limits limits, Instant reset) {
        return when(
                "stream_hours", "stream hours of this month", seconds / SECONDS_AN_HOUR, limits.streamHours(), reset);
    }

    public static Optional<UsedUp> storage(long bytes, Plan.Limits limits) {
        return when("storage_bytes", "bytes of storage", (double) bytes, (double) limits.storageBytes(), null);
    }

    private static Optional<UsedUp> when(String name, String what, double used, double limit, @Nullable Instant reset) {
        return used < limit ? Optional.empty() : Optional.of(new UsedUp(name, what, used, limit, reset));
    }

    /** For its people: how much of how much, and how there is more. */
    public String words() {
        return String.format(
                Locale.ROOT,
                "%s of the %s %s that your plan has are used; %s",
                plain(used),
                plain(limit),
                what,
                reset == null ? "delete what you no longer need." : "they begin again at " + reset + ".");
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.format(Locale.ROOT, "%.2f", number);
    }
}
