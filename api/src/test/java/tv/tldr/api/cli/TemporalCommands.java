package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The {@code temporal} commands of docs/operations.md and docs/deployment.md, as an operator copies them. */
record TemporalCommands(String address) {
    private static final Path PAGE =
            Path.of("../docs/operations.md").toAbsolutePath().normalize();
    private static final Path ROLLOUT =
            Path.of("../docs/deployment.md").toAbsolutePath().normalize();
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    /** What these do to a workflow cannot be undone: each gets one of its own that nobody works on. */
    private static final List<String> ENDING = List.of("terminate", "cancel", "signal");

    /** All lines of code that begin with it, in their order. */
    List<String> documented() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("temporal "))
                .toList();
    }

    /** Those of a rollout with versions of workers, in their order. */
    static List<String> ofARollout() throws IOException {
        return Files.readAllLines(ROLLOUT).stream()
                .filter(line -> line.startsWith("temporal worker "))
                .toList();
    }

    /** Those that stand at the right of the table of {@code tctl}'s, in their order, with the options that the table has for them. */
    static List<String> insteadOfTctl() throws IOException {
        List<String> commands = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("| `tctl ")) {
                for (MatchResult code :
                        CODE.matcher(line.split("\\|", -1)[2]).results().toList()) {
                    if (code.group(1).startsWith("temporal ")) {
                        commands.add(code.group(1));
                    } else {
                        commands.addLast(commands.removeLast() + " " + code.group(1));
                    }
                }
            }
        }
        return commands;
    }

    /** The options that it says are as global ones. */
    static List<String> globalOptions() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `--"))
                .flatMap(line -> CODE.matcher(line.split("\\|", -1)[2]).results())
                .map(code -> code.group(1))
                .filter(option -> option.startsWith("--"))
                .toList();
    }

    /** What it says when it has ended well. */
    String said(String command) throws IOException, InterruptedException {
        Path said = Files.createTempFile("temporal", null);
        int code = shell(command, Map.of(), ProcessBuilder.Redirect.to(said.toFile()));
        String text = Files.readString(said);
        Files.delete(said);
        assertThat(code).as("%s: %s", command, text).isZero();
        return text;
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
        return shell(command, variables, ProcessBuilder.Redirect.INHERIT);
    }

    private int shell(String command, Map<String, String> variables, ProcessBuilder.Redirect out)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(out);
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
