package tv.tldr.api.temporal;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.History;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.converter.DataConverter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Which ways have workflows gone that have ended, and what is it like to go them? For a command; blocking calls. */
@Component
public final class EndedWorkflows {
    /** Longer ones are the same way, oftener: a run of a stream is begun anew at 4,096. */
    private static final int LONGEST = 6_000;

    private final TemporalCalls calls;
    private final DataConverter converter;

    EndedWorkflows(TemporalCalls calls, DataConverter converter) {
        this.calls = calls;
        this.converter = converter;
    }

    /**
     * One that has ended.
     *
     * @param file a name that every workflow of its type that went the same way has
     * @param ending such as {@code completed}
     * @param json its history, as {@link HistoryReplay} takes it
     */
    public record Ended(String file, String type, String ending, int events, String json) {}

    /**
     * The shortest history of each way, of each type.
     *
     * @param looked so many of the newest of each type are looked at
     * @param most so many ways of each type at most
     */
    public List<Ended> ofEachWay(int looked, int most) {
        List<Ended> found = new ArrayList<>();
        for (String type : HistoryReplay.types()) {
            Map<String, Ended> ways = new LinkedHashMap<>();
            for (WorkflowExecutionInfo each :
                    calls.list("WorkflowType = '" + type + "' AND ExecutionStatus != 'Running'", looked)) {
                if (each.getHistoryLength() <= LONGEST) {
                    Ended way = ended(history(each.getExecution()), each.getExecution());
                    ways.merge(way.file(), way, (one, other) -> one.events() <= other.events() ? one : other);
                }
            }
            ways.values().stream()
                    .sorted(Comparator.comparing(Ended::file))
                    .limit(most)
                    .forEach(found::add);
        }
        return found;
    }

    private Ended ended(History history, WorkflowExecution execution) {
        HistoryWay way = HistoryWay.of(history.getEventsList(), converter);
        return new Ended(
                way.fileName(),
                way.type(),
                way.ending(),
                history.getEventsCount(),
                new WorkflowExecutionHistory(HistoryExcerpt.of(history), execution.getWorkflowId()).toJson(true));
    }

    private History history(WorkflowExecution execution) {
        History.Builder history = History.newBuilder();
        ByteString next = ByteString.EMPTY;
        do {
            ByteString token = next;
            GetWorkflowExecutionHistoryResponse page =
                    calls.ask(stub -> stub.getWorkflowExecutionHistory(GetWorkflowExecutionHistoryRequest.newBuilder()
                            .setNamespace(calls.namespace())
                            .setExecution(execution)
                            .setNextPageToken(token)
                            .build()));
            history.addAllEvents(page.getHistory().getEventsList());
            next = page.getNextPageToken();
        } while (!next.isEmpty());
        return history.build();
    }
}
