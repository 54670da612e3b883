package tv.tldr.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.activities.recording.ChildJvm;

/** A file that is taken over from another disk, where a move cannot be one step. */
class AcrossDisksIT {
    private static final Path OTHER_DISK = Path.of("/dev/shm");
    private static final ObjectKey KEY = new ObjectKey("streams/stream_1/source");
    private static final int SIZE = 20_000_000;

    @TempDir
    Path folder;

    private Path file = OTHER_DISK;
    private String sha256 = "";

    @BeforeEach
    void writeAFileOnTheOtherDisk() throws IOException {
        Assumptions.assumeTrue(
                Files.isWritable(OTHER_DISK),
                OTHER_DISK + ", the second disk of this test, is not here: nothing tested");
        assertThat(Files.getFileStore(OTHER_DISK)).isNotEqualTo(Files.getFileStore(folder));
        byte[] content = new byte[SIZE];
        new Random(1).nextBytes(content);
        file = Files.write(Files.createTempFile(OTHER_DISK, "tldr-test-", ""), content);
        sha256 = Sha256.of(file, bytes -> {});
    }

    @AfterEach
    void removeIt() throws IOException {
        if (!file.equals(OTHER_DISK)) {
            Files.deleteIfExists(file);
        }
    }

    @Test
    void isCopiedWithHeartbeatsAndThenGone() throws IOException {
        List<Long> heartbeats = new ArrayList<>();

        StoredObject stored = store().adopt(KEY, file, sha256, heartbeats::add);

        assertThat(stored).isEqualTo(new StoredObject(KEY, SIZE, sha256));
        assertThat(Sha256.of(store().reading(KEY, MediaInput::file), bytes -> {}))
                .isEqualTo(sha256);
        assertThat(heartbeats).hasSizeGreaterThan(1).isSorted().endsWith((long) SIZE);
        assertThat(file).doesNotExist();
        assertThat(filesInTheStore()).containsExactlyInAnyOrder("source", ".source.sha256");
    }

    @Test
    void staysWhereItIsWhenTheCopyIsCancelled() throws IOException {
        assertThatThrownBy(() -> store().adopt(KEY, file, sha256, bytes -> {
                    throw new CancellationException("stopped");
                }))
                .isExactlyInstanceOf(CancellationException.class);

        assertThat(file).hasSize(SIZE);
        assertThat(store().find(KEY)).isEmpty();
        assertThat(filesInTheStore()).isEmpty();
    }

    @Test
    void isNeverSeenHalfAndCopiedAgainWhenTheProcessIsKilled() throws Exception {
        Process process = new ProcessBuilder(ChildJvm.command(
                        AdoptUntilKilled.class,
                        KEY.value(),
                        file.toString(),
                        sha256,
                        objects().toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader()) {
            assertThat(Long.parseLong(output.readLine())).isBetween(1L, SIZE - 1L);
        } finally {
            process.destroyForcibly().waitFor();
        }

        assertThat(filesInTheStore()).singleElement().asString().startsWith(".source~");
        assertThat(store().find(KEY)).isEmpty();
        assertThat(store().list(new ObjectKey("streams"))).isEmpty();

        store().adopt(KEY, file, sha256, bytes -> {});
        assertThat(store().find(KEY)).contains(new StoredObject(KEY, SIZE, sha256));
        assertThat(filesInTheStore()).containsExactlyInAnyOrder("source", ".source.sha256");
    }

    private FolderObjectStore store() {
        return new FolderObjectStore(objects());
    }

    private Path objects() {
        return folder.resolve("objects");
    }

    private List<String> filesInTheStore() throws IOException {
        try (Stream<Path> files = Files.walk(objects())) {
            return files.filter(each -> !Files.isDirectory(each))
                    .map(each -> each.getFileName().toString())
                    .toList();
        }
    }
}
