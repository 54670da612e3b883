package tv.tldr.api.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.api.temporal.WorkflowReport;

/** How are streams shown to an operator? */
final class StreamTable {
    private StreamTable() {}

    static List<String> list(JsonNode streams) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Id", "Status", "Done", "Highlights", "Created", "Source"));
        streams.forEach(stream -> rows.add(List.of(
                stream.path("id").asString(""),
                stream.path("status").asString(""),
                Math.round(stream.at("/progress/percentage").asDouble(0)) + " %",
                stream.path("highlight_count").asString("0"),
                stream.path("created_at").asString(""),
                stream.path("source_url").asString(""))));
        return Columns.aligned(rows);
    }

    /** What the database knows of it. */
    static List<String> one(StreamRow row) {
        return Columns.aligned(rows(row));
    }

    static List<String> one(StreamRow row, Optional<WorkflowReport> workflow) {
        List<List<String>> rows = rows(row);
        workflow.ifPresentOrElse(
                known -> temporal(known, rows), () -> rows.add(List.of("Temporal", "does not know this workflow")));
        return Columns.aligned(rows);
    }

    private static List<List<String>> rows(StreamRow row) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Stream", row.ref().streamId().toString()));
        rows.add(List.of("Organization", row.ref().organizationId().toString()));
        rows.add(List.of(
                "Status",
                row.status().wire() + ", " + row.progress().stage().wire() + ", "
                        + row.progress().segmentsMeasured() + " of "
                        + row.progress().segments() + " segments"));
        rows.add(List.of("Created", row.createdAt() + ", changed " + row.updatedAt()));
        rows.add(List.of("Workflow", row.workflowId() + (row.workflowStartedAt() == null ? ", not started yet" : "")));
        row.errors().forEach(error -> rows.add(List.of("Error", error.code() + ": " + error.message())));
        return rows;
    }

    private static void temporal(WorkflowReport workflow, List<List<String>> rows) {
        rows.add(List.of(
                "Temporal",
                workflow.status() + " since " + workflow.startedAt() + ", run " + workflow.runId() + ", "
                        + workflow.events() + " events"));
        if (workflow.failure() != null) {
            rows.add(List.of("Ended", String.valueOf(workflow.failure())));
        }
        if (workflow.taskWaiting() || workflow.taskAttempt() > 1) {
            rows.add(List.of(
                    "Decision",
                    "waits for a worker of the queue " + workflow.queue() + ", try " + workflow.taskAttempt()));
        }
        workflow.activities()
                .forEach(activity -> rows.add(List.of(
                        "Activity",
                        activity.type() + " in " + activity.queue() + ": " + activity.state() + ", try "
                                + activity.attempt()
                                + (activity.lastHeartbeat() == null
                                        ? ""
                                        : ", last heard of " + activity.lastHeartbeat())
                                + (activity.lastFailure() == null ? "" : "; before: " + activity.lastFailure()))));
    }

    static ObjectNode json(StreamRow row, Optional<WorkflowReport> workflow) {
        ObjectNode node = json(row);
        workflow.ifPresentOrElse(known -> node.set("workflow", json(known)), () -> node.putNull("workflow"));
        return node;
    }

    /** What the database knows of it. */
    static ObjectNode json(StreamRow row) {
        ObjectNode node = JsonMapper.shared()
                .createObjectNode()
                .put("id", row.ref().streamId().toString())
                .put("organization_id", row.ref().organizationId().toString())
                .put("status", row.status().wire())
                .put("stage", row.progress().stage().wire())
                .put("created_at", row.createdAt().toString())
                .put("updated_at", row.updatedAt().toString())
                .put("workflow_id", row.workflowId());
        var errors = node.putArray("errors");
        row.errors()
                .forEach(error -> errors.addObject().put("code", error.code()).put("message", error.message()));
        return node;
    }

    static ObjectNode json(WorkflowReport workflow) {
        ObjectNode node = JsonMapper.shared()
                .createObjectNode()
                .put("workflow_id", workflow.workflowId())
                .put("run_id", workflow.runId())
                .put("type", workflow.type())
                .put("status", workflow.status())
                .put("task_queue", workflow.queue())
                .put("started_at", workflow.startedAt().toString())
                .put("events", workflow.events())
                .put("failure", workflow.failure())
                .put("task_waiting", workflow.taskWaiting())
                .put("task_attempt", workflow.taskAttempt());
        var activities = node.putArray("activities");
        workflow.activities().forEach(activity -> activities
                .addObject()
                .put("type", activity.type())
                .put("task_queue", activity.queue())
                .put("state", activity.state())
                .put("attempt", activity.attempt())
                .put("last_failure", activity.lastFailure()));
        return node;
    }
}
