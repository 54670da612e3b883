package tv.tldr.activities.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tv.tldr.workflows.account.Plan;
import tv.tldr.workflows.event.EventType;

/**
 * Which limits is an organization told to be near, or to have reached?
 *
 * @param metric the name on the wire
 * @param percentage of the limit: the level that is reached, 80 or 100
 */
record UsageNotice(String metric, int percentage, double used, double limit) {
    private static final int NEAR = 80;
    private static final int REACHED = 100;

    static List<UsageNotice> of(UsageNow usage) {
        List<UsageNotice> notices = new ArrayList<>();
        usage.plan().limits().ifPresent(limits -> add(notices, usage, limits));
        return notices;
    }

    private static void add(List<UsageNotice> notices, UsageNow usage, Plan.Limits limits) {
        add(notices, "stream_hours", usage.streamHours(), limits.streamHours());
        add(notices, "storage_bytes", (double) usage.storageBytes(), (double) limits.storageBytes());
    }

    private static void add(List<UsageNotice> notices, String metric, double used, double limit) {
        for (int percentage : List.of(NEAR, REACHED)) {
            if (used * REACHED >= limit * percentage) {
                notices.add(new UsageNotice(metric, percentage, used, limit));
            }
        }
    }

    EventType type() {
        return percentage == REACHED ? EventType.USAGE_LIMIT_REACHED : EventType.USAGE_WARNING;
    }

    Map<String, Object> body(UsageNow usage) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("metric", metric);
        body.put("used", used);
        body.put("limit", limit);
        body.put("percentage", percentage);
        body.put("period_start", usage.periodStart().toString());
        body.put("reset", usage.periodEnd().toString());
        return body;
    }
}
