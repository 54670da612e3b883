package tv.tldr.api.shares;

import java.time.LocalDate;
import java.util.List;
import tv.tldr.activities.store.ShareDay;

/**
 * How often were the links of a highlight used?
 *
 * @param from the first of the days (UTC)
 * @param to the last of them
 */
record AnalyticsResponse(
        String highlightId, LocalDate from, LocalDate to, long views, long downloads, List<ShareDay> days) {
    static AnalyticsResponse of(String highlight, LocalDate from, LocalDate to, List<ShareDay> days) {
        return new AnalyticsResponse(
                highlight,
                from,
                to,
                days.stream().mapToLong(ShareDay::views).sum(),
                days.stream().mapToLong(ShareDay::downloads).sum(),
                days);
    }
}
