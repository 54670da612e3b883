package tv.tldr.workflows.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When does what an organization has stored go? So long after its stream has ended as the plan keeps it, and never when it is
 * pinned.
 *
 * @param kept how long; null: for good
 */
public record Retention(@Nullable Duration kept) {
    public static final Retention FOR_GOOD = new Retention(null);

    public static Retention of(Plan plan) {
        return new Retention(plan.limits().map(Plan.Limits::retention).orElse(null));
    }

    /**
     * Empty: it stays.
     *
     * @param ended when its stream did; null: it has not
     */
    public Optional<Instant> expiry(@Nullable Instant ended, boolean pinned) {
        return kept == null || ended == null || pinned ? Optional.empty() : Optional.of(ended.plus(kept));
    }
}
