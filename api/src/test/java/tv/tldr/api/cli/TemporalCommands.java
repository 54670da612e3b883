package tv.tldr.api.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The {@code temporal} commands of docs/operations.md, as an operator copies them. */
record TemporalCommands(String address) {
    private static final Path PAGE =
            Path.of("../docs/operations.md").toAbsolutePath().normalize();
    /** What these do to a workflow cannot be undone: each gets one of its own that nobody works on. */
    private static final List<String> ENDING = List.of("terminate", "cancel", "signal");

    /** All lines of code that begin with it, in their order. */
    List<String> documented() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("temporal "))
                .toList();
    }

    /** Whether the stream that it is run on is stopped by it. */
    static boolean stops(String command) {
        return command.contains(" --name stop ");
    }

    /** Its exit status, with what the page says about the variables. */
    int run(String command, String stream) throws IOException, InterruptedException {
        String workflow =
                ENDING.stream().anyMatch(word -> command.contains(" " + word + " ")) ? waiting() : "stream/" + stream;
        return shell(command, Map.of("WORKFLOW", workflow));
    }

    private String waiting() throws IOException, InterruptedException {
        String id = "stream/nobodys-" + UUID.randomUUID();
        shell(
                "temporal workflow start --workflow-id \"$WORKFLOW\" --type StreamWorkflow --task-queue nobody --input '{}'",
                Map.of("WORKFLOW", id));
        return id;
    }

    private int shell(String command, Map<String, String> variables) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("TEMPORAL_ADDRESS", address);
        builder.environment().put("PATH", program().getParent() + File.pathSeparator + System.getenv("PATH"));
        builder.environment().putAll(variables);
        return builder.start().waitFor();
    }

    private static Path program() {
        String named = System.getenv().getOrDefault("TEMPORAL_CLI", "");
        return Stream.concat(
                        Stream.of(Path.of(named)),
                        Stream.of(System.getenv("PATH").split(File.pathSeparator))
                                .map(folder -> Path.of(folder, "temporal")))
                .filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow();
    }
}
