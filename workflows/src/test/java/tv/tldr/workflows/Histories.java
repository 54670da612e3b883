package tv.tldr.workflows;

import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which lives of a workflow are recorded?
 *
 * @param folder one file each
 */
public record Histories(Path folder) {
    /** Those in a folder of the test resources. */
    public static Histories in(String name) {
        return new Histories(Path.of("src/test/resources").resolve(name));
    }

    public List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    public List<String> names() throws IOException {
        return files().stream().map(file -> file.getFileName().toString()).toList();
    }

    public static WorkflowExecutionHistory read(Path file) throws IOException {
        return WorkflowExecutionHistory.fromJson(Files.readString(file));
    }

    public void save(String name, WorkflowExecutionHistory history) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".json"), history.toJson(true));
    }
}
