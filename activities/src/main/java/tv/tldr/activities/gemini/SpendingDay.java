package tv.tldr.activities.gemini;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** When did "today" begin? Budgets are ours and begin at midnight UTC; Google counts requests from midnight Pacific time. */
public final class SpendingDay {
    private static final ZoneId GOOGLE = ZoneId.of("America/Los_Angeles");

    private SpendingDay() {}

    public static Instant ofBudget(Instant now) {
        return startOf(now, ZoneOffset.UTC);
    }

    public static Instant ofGoogle(Instant now) {
        return startOf(now, GOOGLE);
    }

    private static Instant startOf(Instant now, ZoneId zone) {
        return now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
    }
}
