package tv.tldr.api.temporal;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.history.v1.History;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of a history does it take to replay it? What a workflow was told: its input, results, signals and failures. What it told others,
 * who worked, traces and titles are left out, and of addresses all but the host. A payload that is encrypted stays as it is.
 */
final class HistoryExcerpt {
    /** Fields by the name of their message; {@code *}: of any. */
    private static final Map<String, Set<String>> LEFT_OUT = Map.of(
            "*",
            Set.of("identity", "stack_trace", "memo", "header", "user_metadata"),
            "ActivityTaskScheduledEventAttributes",
            Set.of("input"),
            "WorkflowExecutionCompletedEventAttributes",
            Set.of("result"),
            "WorkflowExecutionContinuedAsNewEventAttributes",
            Set.of("input", "last_completion_result"),
            "WorkflowExecutionUpdateCompletedEventAttributes",
            Set.of("outcome"));

    private static final ByteString PLAIN = ByteString.copyFromUtf8("json/plain");
    /** Up to the end of a string of JSON, of whose characters a backslash takes the next along. */
    private static final Pattern ADDRESS = Pattern.compile(
            "([A-Za-z][A-Za-z0-9+.-]*://)(?:[^/\"\\\\\\s@]*@)?([^/\"\\\\\\s?#]*)(?:[^\"\\\\\\s]|\\\\.)*");

    private HistoryExcerpt() {}

    static History of(History history) {
        return (History) without(history);
    }

    private static Message without(Message message) {
        if (message instanceof Payload payload) {
            return payload(payload);
        }
        Message.Builder builder = message.toBuilder();
        message.getAllFields().forEach((field, value) -> {
            if (isLeftOut(field)) {
                builder.clearField(field);
            } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                builder.setField(
                        field,
                        value instanceof List<?> each
                                ? each.stream()
                                        .map(one -> without((Message) one))
                                        .toList()
                                : without((Message) value));
            } else if (field.getFullName().equals("temporal.api.failure.v1.Failure.message")) {
                builder.setField(field, hostsAlone((String) value));
            }
        });
        return builder.build();
    }

    private static boolean isLeftOut(FieldDescriptor field) {
        return LEFT_OUT.getOrDefault("*", Set.of()).contains(field.getName())
                || LEFT_OUT.getOrDefault(field.getContainingType().getName(), Set.of())
                        .contains(field.getName());
    }

    private static Payload payload(Payload payload) {
        if (!PLAIN.equals(payload.getMetadataMap().get("encoding"))) {
            return payload;
        }
        return payload.toBuilder()
                .setData(ByteString.copyFromUtf8(hostsAlone(payload.getData().toStringUtf8())))
                .build();
    }

    static String hostsAlone(String text) {
        return ADDRESS.matcher(text).replaceAll("$1$2/");
    }
}
