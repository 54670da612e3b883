package tv.tldr.activities.gemini;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * May one more call be made? Limits that are null do not bind.
 *
 * @param stream for one stream in all
 * @param organizationDay for all streams of one organization in a day, UTC
 * @param day for the whole installation in a day, UTC
 * @param callsDay calls of the whole installation in a day of Google's quota
 * @param callsMinute calls of the whole installation in any 60 seconds; who would be one too many waits
 */
public record Budget(
        @Nullable Cost stream,
        @Nullable Cost organizationDay,
        @Nullable Cost day,
        @Nullable Integer callsDay,
        @Nullable Integer callsMinute) {
    /** Nothing binds. */
    public static final Budget UNLIMITED = new Budget(null, null, null, null, null);

    /** Which limit binds? */
    public enum Limit {
        STREAM,
        ORGANIZATION_DAY,
        DAY,
        CALLS_DAY
    }

    /**
     * What has been spent, calls that are still on their way at their estimate included.
     *
     * @param stream on this stream
     * @param organizationDay by the organization today, UTC
     * @param day by the whole installation today, UTC
     * @param callsDay calls of the whole installation in the present day of Google's quota
     */
    public record Spent(Cost stream, Cost organizationDay, Cost day, int callsDay) {
        public static final Spent NOTHING = new Spent(Cost.ZERO, Cost.ZERO, Cost.ZERO, 0);
    }

    /** The answer. */
    public sealed interface Verdict {
        /** @param left the least that any limit leaves after this call; null when no limit of money binds */
        record Allowed(@Nullable Cost left) implements Verdict {}

        /**
         * @param limit the first that forbids it, in the order of the enum
         * @param explanation for people: limit, spent, needed
         * @param left what that limit still has; null for a limit of calls
         */
        record Refused(
                Limit limit, String explanation, @Nullable Cost left) implements Verdict {}

        /** @param delay until the next call of a minute may be sent, if nobody else is quicker */
        record Later(Duration delay) implements Verdict {}
    }

    /** The same, with no more for the stream than {@code usd}; null binds no further. */
    public Budget atMost(@Nullable BigDecimal usd) {
        if (usd == null) {
            return this;
        }
        Cost wanted = new Cost(usd);
        Cost least = stream == null || wanted.compareTo(stream) < 0 ? wanted : stream;
        return new Budget(least, organizationDay, day, callsDay, callsMinute);
    }

    /** Whether a call that may cost {@code estimate} stays within every limit but that of the minute, which is no matter of money. */
    public Verdict check(Cost estimate, Spent spent) {
        Verdict.Refused refusal = over(Limit.STREAM, stream, spent.stream(), estimate);
        if (refusal == null) {
            refusal = over(Limit.ORGANIZATION_DAY, organizationDay, spent.organizationDay(), estimate);
        }
        if (refusal == null) {
            refusal = over(Limit.DAY, day, spent.day(), estimate);
        }
        if (refusal == null && callsDay != null && spent.callsDay() >= callsDay) {
            refusal = new Verdict.Refused(
                    Limit.CALLS_DAY, "all " + callsDay + " calls of the day are used (GEMINI_REQUESTS_PER_DAY)", null);
        }
        return refusal == null ? new Verdict.Allowed(left(estimate, spent)) : refusal;
    }

    private static Verdict.@Nullable Refused over(Limit name, @Nullable Cost limit, Cost spent, Cost estimate) {
        if (limit == null || spent.plus(estimate).compareTo(limit) <= 0) {
            return null;
        }
        Cost left = limit.minus(spent);
        String whose =
                switch (name) {
                    case STREAM -> "of this stream";
                    case ORGANIZATION_DAY -> "of this organization for today";
                    case DAY, CALLS_DAY -> "of this installation for today";
                };
        return new Verdict.Refused(
                name,
                "the AI budget " + whose + " is " + limit + ", of which " + left
                        + " are left, and the next call may cost " + estimate,
                left);
    }

    private @Nullable Cost left(Cost estimate, Spent spent) {
        Cost least = least(null, stream, spent.stream());
        least = least(least, organizationDay, spent.organizationDay());
        least = least(least, day, spent.day());
        return least == null ? null : least.minus(estimate);
    }

    private static @Nullable Cost least(@Nullable Cost least, @Nullable Cost limit, Cost spent) {
        if (limit == null) {
            return least;
        }
        Cost left = limit.minus(spent);
        return least == null || left.compareTo(least) < 0 ? left : least;
    }
}
