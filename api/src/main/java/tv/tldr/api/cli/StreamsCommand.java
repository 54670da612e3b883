package tv.tldr.api.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.activities.store.StreamStore;
import tv.tldr.api.temporal.TemporalAwayException;
import tv.tldr.api.temporal.WorkflowOperations;
import tv.tldr.api.temporal.WorkflowReport;
import tv.tldr.workflows.stream.StreamId;

/** {@code tldr streams}: what became of streams, and what an operator can do about one. */
@Command(
        name = "streams",
        description = "Lists streams, shows what one is at, stops it, or has it go on.",
        footer = {
            "",
            "ID is that of a stream (stream_…). list, stop and retry ask the API, about those of its key's organization;",
            "describe and reset ask the database and Temporal, about the streams of all organizations.",
            "Exit status: 0 done · 1 failed · 2 wrong usage"
        })
final class StreamsCommand implements Callable<Integer> {
    private static final String STREAMS = "/api/v1/streams";
    private static final int MOST = 100;

    private final Surroundings surroundings;
    private final Cleanup cleanup;

    @Mixin
    private Output output = new Output();

    @Mixin
    private Access access = new Access();

    StreamsCommand(Surroundings surroundings, Cleanup cleanup) {
        this.surroundings = surroundings;
        this.cleanup = cleanup;
    }

    @Override
    public Integer call() {
        throw output.wrong("say what to do: list, describe, stop, retry or reset");
    }

    @Command(name = "list", description = "The newest first.")
    int list(
            @Option(
                            names = "--status",
                            paramLabel = "WORD",
                            description = "pending, processing, completed, failed or stopped.")
                    @Nullable
                    String status,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "At most so many, up to 100. Default: 20.")
                    int limit)
            throws IOException {
        if (limit < 1 || limit > MOST) {
            throw output.wrong("--limit: from 1 to " + MOST);
        }
        String filter = status == null ? "" : "&status=" + encoded(status);
        JsonNode page = session().ask(client -> client.get(STREAMS + "?limit=" + limit + filter));
        output.print(surroundings, page.path("data"), StreamTable.list(page.path("data")));
        if (page.path("has_more").asBoolean(false)) {
            output.messages(surroundings).say("There are more: --limit, up to " + MOST + ", or the API's cursor.");
        }
        return ExitCode.OK;
    }

    @Command(
            name = "describe",
            description = "All that the database and Temporal know of a stream, and what it waits for.")
    int describe(@Parameters(paramLabel = "ID") String id) throws IOException {
        StreamId stream = read(id);
        try (Installation installation = installation()) {
            StreamRow row = row(installation, stream);
            try {
                Optional<WorkflowReport> workflow =
                        installation.part(WorkflowOperations.class).describe(row.workflowId());
                output.print(surroundings, StreamTable.json(row, workflow), StreamTable.one(row, workflow));
                return ExitCode.OK;
            } catch (TemporalAwayException away) {
                output.print(surroundings, StreamTable.json(row), StreamTable.one(row));
                throw away;
            }
        }
    }

    @Command(
            name = "stop",
            description =
                    "Ends a stream: what is recorded is finished. Answers when that is noted, not when it is done.")
    int stop(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--force", description = "Keep only what is cut already.") boolean force)
            throws IOException {
        read(id);
        JsonNode body = JsonMapper.shared().createObjectNode().put("force", force);
        return told(session().ask(client -> client.post(path(id) + "/stop", body)));
    }

    @Command(name = "retry", description = "Has a failed stream go on from what is stored.")
    int retry(@Parameters(paramLabel = "ID") String id) throws IOException {
        read(id);
        return told(session()
                .ask(client ->
                        client.post(path(id) + "/retry", JsonMapper.shared().createObjectNode())));
    }

    @Command(
            name = "reset",
            description = {
                "Has the workflow of a stream that has not ended done again, for one that is stuck.",
                "What is stored is found and not done again. One that has ended goes on with retry."
            })
    int reset(
            @Parameters(paramLabel = "ID") String id,
            @Option(
                            names = "--to",
                            paramLabel = "POINT",
                            defaultValue = "first",
                            description = "first: its beginning (default); last: its last decision.")
                    String to,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            defaultValue = "reset by an operator",
                            description = "What its history shall say.")
                    String reason,
            @Option(names = "--yes", description = "Without being asked.") boolean yes)
            throws IOException {
        StreamId stream = read(id);
        WorkflowOperations.Point point = point(to);
        try (Installation installation = installation()) {
            StreamRow row = row(installation, stream);
            if (row.status().isTerminal()) {
                throw new Failure(id + " has ended (" + row.status().wire() + "): there is nothing to reset."
                        + " A failed one goes on with tldr streams retry " + id + ".");
            }
            WorkflowOperations workflows = installation.part(WorkflowOperations.class);
            WorkflowReport workflow = workflows
                    .describe(row.workflowId())
                    .orElseThrow(
                            () -> new Failure(
                                    "Temporal does not know " + row.workflowId()
                                            + ": within two minutes it is started again from what is stored, by any process with SWEEP_ENABLED."));
            Confirmation.require(yes, "What " + row.workflowId() + " is at now is broken off.");
            String run = workflows
                    .reset(workflow, point, reason)
                    .orElseThrow(() -> new Failure(row.workflowId()
                            + " has decided nothing yet: it waits for a worker of the queue streams."));
            output.print(
                    surroundings,
                    JsonMapper.shared()
                            .createObjectNode()
                            .put("workflow_id", row.workflowId())
                            .put("run_id", run),
                    List.of(row.workflowId() + " goes on in run " + run));
            return ExitCode.OK;
        }
    }

    private int told(JsonNode stream) {
        output.print(
                surroundings,
                stream,
                List.of(stream.path("id").asString() + "  "
                        + stream.path("status").asString()));
        return ExitCode.OK;
    }

    private WorkflowOperations.Point point(String word) {
        return switch (word) {
            case "first" -> WorkflowOperations.Point.FIRST;
            case "last" -> WorkflowOperations.Point.LAST;
            default -> throw output.wrong("--to: first or last");
        };
    }

    private StreamId read(String id) {
        try {
            return StreamId.parse(id);
        } catch (IllegalArgumentException e) {
            throw output.wrong(id + " is not the id of a stream (stream_…)");
        }
    }

    private static StreamRow row(Installation installation, StreamId stream) {
        return installation
                .part(StreamStore.class)
                .anywhere(stream)
                .blockOptional()
                .orElseThrow(() -> new Failure("There is no stream " + stream + "."));
    }

    private Installation installation() throws IOException {
        return Installation.open(surroundings, cleanup, output.messages(surroundings), Installation.Need.ALL);
    }

    private ApiSession session() throws IOException {
        return access.session(surroundings, cleanup, output.messages(surroundings));
    }

    private static String path(String id) {
        return STREAMS + "/" + encoded(id);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
