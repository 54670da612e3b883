package tv.tldr.api.temporal;

import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.DeliveryQueue;
import tv.tldr.activities.store.FreshUuid;
import tv.tldr.activities.store.HighlightStore;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.activities.store.StreamStore;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.RecutActivities;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.DeliveryId;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.stream.StreamId;

/**
 * How is a queue emptied? Temporal keeps no list of tasks that one could strike out: the workflows whose tasks wait are
 * terminated, and their rows get the end that a workflow of theirs would have written, so that nothing waits for it.
 */
@Component
public final class QueuePurge {
    private static final String REASON = "purged by an operator";
    private static final int MOST = 100_000;

    private final WorkflowOperations workflows;
    private final StreamStore streams;
    private final HighlightStore highlights;
    private final StreamEnd end;
    private final RecutActivities recuts;
    private final DeliveryQueue deliveries;

    QueuePurge(
            WorkflowOperations workflows,
            StreamStore streams,
            HighlightStore highlights,
            StreamEnd end,
            RecutActivities recuts,
            DeliveryQueue deliveries) {
        this.workflows = workflows;
        this.streams = streams;
        this.highlights = highlights;
        this.end = end;
        this.recuts = recuts;
        this.deliveries = deliveries;
    }

    /**
     * Workflows with something that waits in the queue. Batches are none of them: they only wait for their streams.
     *
     * @param atWork also those that a worker is at in this queue
     */
    public List<WorkflowReport> waiting(String queue, boolean atWork) {
        return workflows.find("ExecutionStatus = 'Running'", MOST).stream()
                .filter(id -> !id.startsWith("batch/"))
                .flatMap(id -> workflows.describe(id).stream())
                .filter(WorkflowReport::isRunning)
                .filter(workflow -> workflow.isAtWorkIn(queue) ? atWork : workflow.waitsIn(queue))
                .toList();
    }

    /** How many of a queue's activities a worker is at. */
    public long atWork(String queue) {
        return workflows.find("ExecutionStatus = 'Running'", MOST).stream()
                .flatMap(id -> workflows.describe(id).stream())
                .filter(workflow -> workflow.isAtWorkIn(queue))
                .count();
    }

    /** Ends it, and writes the end of what it was for. May run twice. */
    public void end(WorkflowReport workflow) {
        workflows.terminate(workflow, REASON);
        String[] words = workflow.workflowId().split("/", -1);
        OrganizationId organization = OrganizationId.parse(workflow.organization());
        Mono<?> written =
                switch (words[0]) {
                    case "stream" ->
                        stream(new StreamRef(organization, StreamId.parse(words[1])), workflow.workflowId());
                    case "recut" -> recut(organization, HighlightId.parse(words[1]), Integer.parseInt(words[2]));
                    case "delivery" ->
                        deliveries.giveUp(
                                organization,
                                DeliveryId.parse(words[1]),
                                words.length > 2 ? Integer.parseInt(words[2]) : 1,
                                REASON);
                    default -> Mono.empty();
                };
        written.block();
    }

    private Mono<Void> stream(StreamRef ref, String workflowId) {
        return streams.find(ref)
                .filter(row -> !row.status().isTerminal() && row.workflowId().equals(workflowId))
                .flatMap(this::write);
    }

    private Mono<Void> write(StreamRow row) {
        Remedy.AnEnd told = Remedy.ofTerminated(row.stopRequestedAt() != null);
        return end.write(row, told.status(), List.of(told.error()));
    }

    private Mono<Void> recut(OrganizationId organization, HighlightId highlight, int version) {
        return highlights
                .find(organization, highlight)
                .doOnNext(row -> recuts.failRecut(new RecutActivities.FailRecut(
                        row.stream(),
                        highlight,
                        version,
                        "It was given up by an operator; set the edges again to have it cut.",
                        new EventId(FreshUuid.next()))))
                .then();
    }
}
