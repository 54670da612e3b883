package tv.tldr.activities.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;
import tv.tldr.activities.StorageFullException;

class WorkspaceTest {
    @TempDir
    Path root;

    @Test
    void isGoneWithAllThatIsInItWhenItCloses() throws Exception {
        Path folder;
        try (Workspace workspace = Workspace.open(root, DataSize.ofBytes(1))) {
            folder = workspace.folder();
            Files.createDirectories(workspace.file("deep/er"));
            Files.writeString(workspace.file("deep/er/file"), "x");
            assertThat(folder).isDirectory();
        }

        assertThat(folder).doesNotExist();
    }

    @Test
    void refusesToBeginWithoutEnoughSpace() {
        assertThatThrownBy(() -> Workspace.open(root, DataSize.ofTerabytes(8_000_000)))
                .isInstanceOf(StorageFullException.class)
                .hasMessageContaining("SCRATCH_DIR");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void sweepsWhatDeadProcessesLeftAndNothingElse() throws Exception {
        Path dead = Files.createDirectories(root.resolve("job-4194304000-0-abc"));
        Files.writeString(dead.resolve("half"), "x");
        Path reused = Files.createDirectories(
                root.resolve("job-" + ProcessHandle.current().pid() + "-12345-abc"));
        Path foreign = Files.createDirectories(root.resolve("somebody-elses-folder-here"));
        try (Workspace alive = Workspace.open(root, DataSize.ofBytes(1))) {
            Workspace.sweep(root);

            assertThat(dead).doesNotExist();
            assertThat(reused).doesNotExist();
            assertThat(foreign).exists();
            assertThat(alive.folder()).exists();
        }
    }
}
