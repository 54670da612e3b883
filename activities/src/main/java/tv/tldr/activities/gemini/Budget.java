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
     * What has been spent, calls that are still on their way at what is reserved for them included.
     *
     * @param stream on this stream
     * @param organizationDay by the organization today, UTC
     * @param day by the whole installation today, UTC
     * @param callsDay calls of the whole installation in the present day of Google's quota
     * @param reserved how much of it is only reserved: some of that comes back when those calls have ended
     */
    public record Spent(Cost stream, Cost organizationDay, Cost day, int callsDay, Reserved reserved) {
        public static final Spent NOTHING = new Spent(Cost.ZERO, Cost.ZERO, Cost.ZERO, 0);

        /** With no call on its way. */
        public Spent(Cost stream, Cost organizationDay, Cost day, int callsDay) {
            this(stream, organizationDay, day, callsDay, new Reserved(Cost.ZERO, Cost.ZERO, Cost.ZERO));
        }

        /** The same without what is only reserved. */
        Spent settled() {
            return new Spent(
                    stream.minus(reserved.stream),
                    organizationDay.minus(reserved.organizationDay),
                    day.minus(reserved.day),
                    callsDay);
        }
    }

    /** What is reserved for calls on their way: of this stream, of the organization today, of the whole installation today. */
    public record Reserved(Cost stream, Cost organizationDay, Cost day) {}

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

        /**
         * There is not enough left now, but there may be when calls that are on their way have ended.
         *
         * @param explanation for people: limit, what is left beside what is reserved, needed
         */
        record Pending(String explanation) implements Verdict {}

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

    /**
     * Whether a call that may cost {@code estimate} stays within every limit but that of the minute, which is no matter of
     * money. Refused by what is spent for good alone.
     */
    public Verdict check(Cost estimate, Spent spent) {
        Verdict.Refused refusal = over(estimate, spent.settled());
        if (refusal == null && callsDay != null && spent.callsDay() >= callsDay) {
            refusal = new Verdict.Refused(
                    Limit.CALLS_DAY, "all " + callsDay + " calls of the day are used (GEMINI_REQUESTS_PER_DAY)", null);
        }
        if (refusal != null) {
            return refusal;
        }
        Verdict.Refused now = over(estimate, spent);
        return now == null
                ? new Verdict.Allowed(left(estimate, spent))
                : new Verdict.Pending(now.explanation() + "; more may be left when requests on their way have ended");
    }

    private Verdict.@Nullable Refused over(Cost estimate, Spent spent) {
        Verdict.Refused refusal = over(Limit.STREAM, stream, spent.stream(), estimate);
        if (refusal == null) {
            refusal = over(Limit.ORGANIZATION_DAY, organizationDay, spent.organizationDay(), estimate);
        }
        return refusal == null ? over(Limit.DAY, day, spent.day(), estimate) : refusal;
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
