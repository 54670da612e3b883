package tv.tldr.api.temporal;

import com.google.common.base.CaseFormat;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.MarkerRecordedEventAttributes;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import tv.tldr.activities.storage.Sha256;

/**
 * Which way did a workflow go? Two have gone the same one when they had the same things done, had the same fail and the same happen to
 * them, whatever how often, and ended alike: then one history of them is enough to replay.
 *
 * @param ending such as {@code completed} or {@code continued-as-new}
 * @param stations what it had done and what happened to it, each once
 */
record HistoryWay(String type, String ending, NavigableSet<String> stations) {
    private static final String PREFIX = "EVENT_TYPE_WORKFLOW_EXECUTION_";
    private static final String VERSION = "Version";
    private static final int SHORT = 8;

    static HistoryWay of(List<HistoryEvent> events, DataConverter converter) {
        NavigableSet<String> stations = new TreeSet<>();
        events.forEach(event -> station(event, converter).ifPresent(stations::add));
        String last = events.getLast().getEventType().name().replace(PREFIX, "");
        return new HistoryWay(
                events.getFirst()
                        .getWorkflowExecutionStartedEventAttributes()
                        .getWorkflowType()
                        .getName(),
                CaseFormat.UPPER_UNDERSCORE.to(CaseFormat.LOWER_HYPHEN, last),
                stations);
    }

    /** The same for every history of this way, so that a later one takes the place of an earlier one. */
    String fileName() {
        String mark = Sha256.of(String.join("\n", stations)).hex().substring(0, SHORT);
        return type + "-" + ending + "-" + mark + ".json";
    }

    private static Optional<String> station(HistoryEvent event, DataConverter converter) {
        EventType type = event.getEventType();
        return switch (type) {
            case EVENT_TYPE_WORKFLOW_EXECUTION_STARTED ->
                event.getWorkflowExecutionStartedEventAttributes()
                                .getContinuedExecutionRunId()
                                .isEmpty()
                        ? Optional.empty()
                        : Optional.of("goes on");
            case EVENT_TYPE_ACTIVITY_TASK_SCHEDULED ->
                Optional.of(event.getActivityTaskScheduledEventAttributes()
                        .getActivityType()
                        .getName());
            case EVENT_TYPE_ACTIVITY_TASK_FAILED ->
                Optional.of("failed "
                        + kind(event.getActivityTaskFailedEventAttributes().getFailure()));
            case EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED ->
                Optional.of("signal "
                        + event.getWorkflowExecutionSignaledEventAttributes().getSignalName());
            case EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED ->
                Optional.of("update "
                        + event.getWorkflowExecutionUpdateAcceptedEventAttributes()
                                .getAcceptedRequest()
                                .getInput()
                                .getName());
            case EVENT_TYPE_MARKER_RECORDED -> Optional.of(marker(event.getMarkerRecordedEventAttributes(), converter));
            case EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT,
                    EVENT_TYPE_ACTIVITY_TASK_CANCELED,
                    EVENT_TYPE_TIMER_STARTED,
                    EVENT_TYPE_TIMER_CANCELED,
                    EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,
                    EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED -> Optional.of(type.name());
            default -> Optional.empty();
        };
    }

    /** Which change it knew of, and in which version. */
    private static String marker(MarkerRecordedEventAttributes marker, DataConverter converter) {
        if (!marker.getMarkerName().equals(VERSION)) {
            return marker.getMarkerName();
        }
        try {
            String change = converter.fromPayloads(0, detail(marker, "changeId"), String.class, String.class);
            Integer version = converter.fromPayloads(0, detail(marker, "version"), Integer.class, Integer.class);
            return VERSION + " " + change + " " + version;
        } catch (DataConverterException unreadable) {
            return VERSION;
        }
    }

    private static Optional<Payloads> detail(MarkerRecordedEventAttributes marker, String name) {
        return Optional.ofNullable(marker.getDetailsMap().get(name));
    }

    private static String kind(Failure failure) {
        Failure cause = failure;
        while (cause.hasCause()) {
            cause = cause.getCause();
        }
        return cause.hasApplicationFailureInfo()
                ? cause.getApplicationFailureInfo().getType()
                : "";
    }
}
