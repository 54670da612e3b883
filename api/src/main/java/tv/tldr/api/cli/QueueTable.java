package tv.tldr.api.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.api.temporal.QueueState;

/** How is a task queue shown? */
final class QueueTable {
    private QueueTable() {}

    static List<String> list(List<QueueState> states) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Queue", "Tasks", "Workers", "Waiting", "Oldest", "In/s", "Out/s", "Limit/s"));
        states.forEach(state -> {
            if (!isUnused(state.workflows())) {
                rows.add(row(state, "workflows", state.workflows(), ""));
            }
            rows.add(row(state, "activities", state.activities(), limit(state)));
        });
        return Columns.aligned(rows);
    }

    static List<String> one(QueueState state) {
        List<String> lines = new ArrayList<>(list(List.of(state)));
        if (state.isDrained()) {
            lines.add("It hands out no work (" + state.reason() + "): tldr queue drain " + state.name() + " --resume");
        }
        Stream.of("workflows", "activities")
                .filter(kind -> !side(state, kind).pollers().isEmpty()
                        && side(state, kind).given() == 0)
                .forEach(kind -> lines.add("Its " + kind
                        + " go to none of these: their build is not current. tldr doctor --only temporal-version has the"
                        + " command that makes it."));
        List<List<String>> pollers = new ArrayList<>();
        pollers.add(List.of("Worker", "Build", "Asks for", "Seen"));
        Stream.of("workflows", "activities").forEach(kind -> side(state, kind)
                .pollers()
                .forEach(poller -> pollers.add(List.of(
                        poller.identity(),
                        poller.build(),
                        kind,
                        poller.lastSeen().toString()))));
        if (pollers.size() == 1) {
            lines.add("Nobody asks for its work: start a process with WORKERS_ENABLED=true.");
        } else {
            lines.add("");
            lines.addAll(Columns.aligned(pollers));
        }
        return lines;
    }

    static ObjectNode json(QueueState state) {
        ObjectNode node = JsonMapper.shared().createObjectNode().put("queue", state.name());
        node.put("limit_per_second", state.limit()).put("drained", state.isDrained());
        node.set("workflows", json(state.workflows()));
        node.set("activities", json(state.activities()));
        return node;
    }

    private static ObjectNode json(QueueState.Side side) {
        ObjectNode node = JsonMapper.shared()
                .createObjectNode()
                .put("workers_given_work", side.given())
                .put("backlog", side.backlog())
                .put("oldest_seconds", side.oldest().toSeconds())
                .put("added_per_second", side.added())
                .put("handed_out_per_second", side.handedOut());
        var pollers = node.putArray("pollers");
        side.pollers().forEach(poller -> pollers.addObject()
                .put("identity", poller.identity())
                .put("build_id", poller.build())
                .put("last_seen", poller.lastSeen().toString()));
        return node;
    }

    private static QueueState.Side side(QueueState state, String kind) {
        return kind.equals("workflows") ? state.workflows() : state.activities();
    }

    /** Of the queues that hold activities alone. */
    private static boolean isUnused(QueueState.Side side) {
        return side.pollers().isEmpty() && side.backlog() == 0;
    }

    private static List<String> row(QueueState state, String kind, QueueState.Side side, String limit) {
        return List.of(
                state.name(),
                kind,
                String.valueOf(side.pollers().size()),
                String.valueOf(side.backlog()),
                side.backlog() == 0 ? "" : text(side.oldest()),
                rate(side.added()),
                rate(side.handedOut()),
                limit);
    }

    private static String limit(QueueState state) {
        return state.isDrained() ? "held" : state.limit() == null ? "" : rate(state.limit());
    }

    private static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%.1f", perSecond);
    }

    private static String text(Duration duration) {
        return TimeText.clock((double) duration.toSeconds());
    }
}
