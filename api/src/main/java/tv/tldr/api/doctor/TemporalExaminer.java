package tv.tldr.api.doctor;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.common.SearchAttributeKey;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tv.tldr.api.embedded.RunningServers;
import tv.tldr.api.embedded.Setting;
import tv.tldr.workflows.stream.StreamAttributes;

/** Is Temporal there, does it know what workflows are started with, and does anybody do the work? */
record TemporalExaminer(Patient patient, Limits limits) implements Examiner {
    private static final int MOST = 100;

    @Override
    public String area() {
        return "temporal";
    }

    @Override
    public Set<String> settings() {
        return Set.of(Setting.TEMPORAL_ADDRESS);
    }

    @Override
    public void examine(Chart chart) throws IOException {
        String address = patient.value(Setting.TEMPORAL_ADDRESS);
        if (address.isEmpty()) {
            chart.passOver(
                    "nothing runs here: ./tldr serve starts a Temporal server of its own",
                    CheckCatalogue.ofArea(area()));
            return;
        }
        try (Temporal temporal = Temporal.of(patient)) {
            temporal.workflows()
                    .describeNamespace(DescribeNamespaceRequest.newBuilder()
                            .setNamespace(temporal.namespace())
                            .build());
            attributes(chart, temporal);
            new QueueExaminer(patient, limits, temporal).examine(chart);
            stuck(chart, temporal);
        } catch (StatusRuntimeException failure) {
            away(chart, address, failure);
        }
    }

    private void away(Chart chart, String address, StatusRuntimeException failure) throws IOException {
        Status.Code code = failure.getStatus().getCode();
        String namespace = patient.value(Setting.TEMPORAL_NAMESPACE);
        // It started it for itself, and starts it again when it ends.
        Optional<Long> embedded = RunningServers.temporal(patient.home(), address);
        String check =
                switch (code) {
                    case NOT_FOUND -> "temporal-namespace";
                    case UNAUTHENTICATED, PERMISSION_DENIED -> "temporal-refused";
                    default -> embedded.isPresent() ? "temporal-hangs" : "temporal-down";
                };
        String evidence =
                switch (check) {
                    case "temporal-namespace" -> address + " has no namespace " + namespace;
                    case "temporal-refused" -> address + " does not let the program in (" + code + ")";
                    case "temporal-hangs" ->
                        "process " + embedded.orElseThrow() + ", which listens at " + address + ", does not answer";
                    default -> unanswered(address, failure);
                };
        chart.found(
                check,
                evidence,
                "address",
                address,
                "namespace",
                namespace,
                "pid",
                embedded.map(String::valueOf).orElse(""));
        chart.passOver("see " + check, CheckCatalogue.ofArea(area()));
    }

    private static String unanswered(String address, StatusRuntimeException failure) {
        if (String.valueOf(failure.getStatus().getDescription()).startsWith("Unable to resolve host")) {
            return "nobody knows the host of " + address;
        }
        return switch (failure.getStatus().getCode()) {
            case UNAVAILABLE -> "at " + address + " nobody answers";
            case DEADLINE_EXCEEDED -> address + " does not answer in time";
            default ->
                address + " does not answer as Temporal does ("
                        + failure.getStatus().getCode() + ")";
        };
    }

    private void attributes(Chart chart, Temporal temporal) {
        Set<String> known = temporal.operator()
                .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                        .setNamespace(temporal.namespace())
                        .build())
                .getCustomAttributesMap()
                .keySet();
        List<SearchAttributeKey<?>> missing = StreamAttributes.ALL.stream()
                .filter(key -> !known.contains(key.getName()))
                .toList();
        if (!missing.isEmpty()) {
            chart.found(
                    "temporal-attributes",
                    "missing are "
                            + missing.stream().map(SearchAttributeKey::getName).collect(Collectors.joining(", ")),
                    "attributes",
                    missing.stream()
                            .map(key -> "--name " + key.getName() + " --type " + StreamAttributes.typeOf(key))
                            .collect(Collectors.joining(" ")),
                    "address",
                    temporal.address(),
                    "namespace",
                    temporal.namespace());
        }
    }

    private static void stuck(Chart chart, Temporal temporal) {
        try {
            found(chart, temporal, stuck(temporal));
        } catch (StatusRuntimeException failure) {
            if (failure.getStatus().getCode() != Status.Code.INVALID_ARGUMENT) {
                throw failure;
            }
            chart.passOver(
                    "this Temporal server does not tell which workflows are stuck; 1.30 and newer do",
                    List.of("temporal-stuck"));
        }
    }

    private static List<String> stuck(Temporal temporal) {
        return temporal
                .workflows()
                .listWorkflowExecutions(ListWorkflowExecutionsRequest.newBuilder()
                        .setNamespace(temporal.namespace())
                        .setQuery("ExecutionStatus = 'Running' AND TemporalReportedProblems IS NOT NULL")
                        .setPageSize(MOST)
                        .build())
                .getExecutionsList()
                .stream()
                .map(execution -> execution.getExecution().getWorkflowId())
                .toList();
    }

    private static void found(Chart chart, Temporal temporal, List<String> stuck) {
        if (!stuck.isEmpty()) {
            chart.found(
                    "temporal-stuck",
                    stuck.size() + (stuck.size() == MOST ? " or more" : "") + ", such as " + stuck.getFirst(),
                    "workflow",
                    stuck.getFirst(),
                    "address",
                    temporal.address(),
                    "namespace",
                    temporal.namespace());
        }
    }
}
