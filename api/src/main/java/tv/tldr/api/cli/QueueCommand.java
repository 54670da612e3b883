package tv.tldr.api.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tv.tldr.api.temporal.QueueOperations;
import tv.tldr.api.temporal.QueuePurge;
import tv.tldr.api.temporal.QueueState;
import tv.tldr.api.temporal.WorkflowReport;

/** {@code tldr queue}: the queues that work waits in, in Temporal. */
@Command(
        name = "queue",
        description = "Looks at the task queues, holds one, or empties it.",
        footer = {
            "",
            "QUEUE is streams, media, analysis or deliveries. TEMPORAL_ADDRESS and DATABASE_URL say where;",
            "without them, the embedded servers of this folder.",
            "Exit status: 0 done · 1 failed, or drain did not see the end of what runs · 2 wrong usage"
        })
final class QueueCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Surroundings surroundings;
    private final Cleanup cleanup;

    @Mixin
    private Output output = new Output();

    QueueCommand(Surroundings surroundings, Cleanup cleanup) {
        this.surroundings = surroundings;
        this.cleanup = cleanup;
    }

    @Override
    public Integer call() {
        throw output.wrong("say what to do: list, describe, drain or purge");
    }

    @Command(name = "list", description = "All queues: who asks for work, what waits, how fast it goes.")
    int list() throws IOException {
        try (Installation installation = installation()) {
            QueueOperations queues = installation.part(QueueOperations.class);
            List<QueueState> states =
                    QueueOperations.QUEUES.stream().map(queues::look).toList();
            ArrayNode array = JsonMapper.shared().createArrayNode();
            states.forEach(state -> array.add(QueueTable.json(state)));
            output.print(surroundings, array, QueueTable.list(states));
            return ExitCode.OK;
        }
    }

    @Command(name = "describe", description = "One queue, with each worker that asks for work.")
    int describe(@Parameters(paramLabel = "QUEUE") String queue) throws IOException {
        known(queue);
        try (Installation installation = installation()) {
            QueueState state = installation.part(QueueOperations.class).look(queue);
            output.print(surroundings, QueueTable.json(state), QueueTable.one(state));
            return ExitCode.OK;
        }
    }

    @Command(
            name = "drain",
            description = {
                "Hands out no more activities of a queue, to no worker, and waits until those that run are done.",
                "What comes waits in Temporal, and goes on after drain QUEUE --resume. Decisions of workflows go on: they take"
                        + " milliseconds, and Temporal does not hold them."
            })
    int drain(
            @Parameters(paramLabel = "QUEUE") String queue,
            @Option(names = "--resume", description = "Hand out again.") boolean resume,
            @Option(
                            names = "--wait",
                            paramLabel = "TIME",
                            defaultValue = "10m",
                            description = "How long to wait for what runs, such as 30s. Default: 10m.")
                    String wait)
            throws IOException {
        known(queue);
        Duration patience = output.time("--wait", wait);
        try (Installation installation = installation()) {
            QueueOperations queues = installation.part(QueueOperations.class);
            Messages messages = output.messages(surroundings);
            if (resume) {
                queues.limit(queue, null, "");
                messages.say("The queue " + queue + " hands out work again.");
                return held(queue, false);
            }
            queues.limit(queue, 0.0, "drained by tldr queue drain");
            messages.say("The queue " + queue + " hands out no more work. To end that: tldr queue drain " + queue
                    + " --resume");
            return awaitIdle(installation.part(QueuePurge.class), queue, patience, messages);
        }
    }

    private int awaitIdle(QueuePurge queues, String queue, Duration patience, Messages messages) {
        long deadline = System.nanoTime() + patience.toNanos();
        long told = -1;
        for (long running = queues.atWork(queue); running > 0; running = queues.atWork(queue)) {
            if (running != told) {
                messages.say(running + " still at work …");
                told = running;
            }
            if (System.nanoTime() > deadline) {
                throw new Failure(running + " are still at work after " + patience.toSeconds()
                        + " s; the queue stays held. tldr streams list --status processing shows which.");
            }
            Pause.of(POLL);
        }
        messages.say("Nothing runs any more.");
        return held(queue, true);
    }

    /** For programs: people are told on the way. */
    private int held(String queue, boolean drained) {
        output.print(
                surroundings,
                JsonMapper.shared().createObjectNode().put("queue", queue).put("drained", drained),
                List.of());
        return ExitCode.OK;
    }

    @Command(
            name = "purge",
            description = {
                "Terminates the workflows that have something waiting in a queue. Temporal has no way to strike out tasks.",
                "Their streams become failed, or stopped where a stop was noted, with the reason in errors[]; tldr streams retry"
                        + " has them go on from what is stored. Deliveries become failed and can be redelivered; clips that"
                        + " were to be cut anew keep the old ones. Batches stay: they go on without their streams."
            })
    int purge(
            @Parameters(paramLabel = "QUEUE") String queue,
            @Option(names = "--at-work", description = "Also those that a worker is at.") boolean atWork,
            @Option(
                            names = {"-n", "--dry-run"},
                            description = "Only tell which.")
                    boolean dryRun,
            @Option(names = "--yes", description = "Without being asked.") boolean yes)
            throws IOException {
        known(queue);
        try (Installation installation = installation()) {
            QueuePurge purge = installation.part(QueuePurge.class);
            List<WorkflowReport> waiting = purge.waiting(queue, atWork);
            if (!dryRun && !waiting.isEmpty()) {
                Confirmation.require(yes, waiting.size() + " workflows are ended, and do not go on by themselves.");
                waiting.forEach(purge::end);
            }
            ArrayNode array = JsonMapper.shared().createArrayNode();
            waiting.forEach(workflow -> array.add(workflow.workflowId()));
            output.print(
                    surroundings,
                    array,
                    waiting.stream().map(WorkflowReport::workflowId).toList());
            output.messages(surroundings)
                    .say(
                            waiting.isEmpty()
                                    ? "Nothing waits in " + queue + "."
                                    : waiting.size() + (dryRun ? " would be ended." : " ended."));
            return ExitCode.OK;
        }
    }

    private void known(String queue) {
        if (!QueueOperations.QUEUES.contains(queue)) {
            throw output.wrong(
                    "there is no queue " + queue + "; there are " + String.join(", ", QueueOperations.QUEUES));
        }
    }

    private Installation installation() throws IOException {
        return Installation.open(surroundings, cleanup, output.messages(surroundings), Installation.Need.ALL);
    }
}
