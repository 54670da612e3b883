package tv.tldr.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FolderObjectStoreTest extends ObjectStoreContract {
    private static final ObjectKey KEY = new ObjectKey("a/b");

    @Override
    ObjectStore store() {
        return new FolderObjectStore(folder.resolve("objects"));
    }

    @Test
    void findsTheHashOfAFileThatSomebodyElsePutThere() throws IOException {
        ObjectStore store = store();
        store.put(KEY, file("first"));
        Files.writeString(folder.resolve("objects/a/b"), "hello there");

        assertThat(store.find(KEY).orElseThrow().sha256()).isEqualTo(Sha256.of(file("hello there"), bytes -> {}));
    }

    @Test
    void linksAFileWithoutCopyingIt() throws IOException {
        ObjectStore store = store();
        Path file = file("hello");

        store.link(KEY, file, "hash", bytes -> {});

        assertThat(Files.isSameFile(store.reading(KEY, MediaInput::file), file)).isTrue();
    }

    @Test
    void removesWhatAKilledProcessLeft() throws IOException {
        ObjectStore store = store();
        store.put(KEY, file("hello"));
        Path half = Files.writeString(folder.resolve("objects/a/.c~of-a-killed-process"), "hel");

        assertThat(store.removeUnfinished(Instant.EPOCH)).isZero();
        assertThat(store.removeUnfinished(Instant.MAX)).isEqualTo(1);

        assertThat(half).doesNotExist();
        assertThat(store.find(KEY)).isPresent();
    }

    @Test
    void leavesNothingOfDeletedObjects() throws IOException {
        ObjectStore store = store();
        store.put(KEY, file("hello"));
        store.delete(KEY);

        try (Stream<Path> left = Files.list(folder.resolve("objects"))) {
            assertThat(left).isEmpty();
        }
    }
}
