package tv.tldr.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every object store must do; each has a test class that makes one. */
abstract class ObjectStoreContract {
    private static final ObjectKey KEY = new ObjectKey("organizations/org_1/streams/stream_1/source");
    private static final String HELLO_SHA256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir
    Path folder;

    /** An empty store. */
    abstract ObjectStore store();

    @Test
    void storesACopyWithItsSizeAndHash() throws IOException {
        ObjectStore store = store();
        Path file = file("hello");

        StoredObject stored = store.put(KEY, file);
        Files.writeString(file, "changed later");

        assertThat(stored).isEqualTo(new StoredObject(KEY, 5, HELLO_SHA256));
        assertThat(store.find(KEY)).contains(stored);
        assertThat(store.size(KEY)).contains(5L);
        assertThat(text(store.get(KEY))).isEqualTo("hello");
    }

    @Test
    void takesAFileOver() throws IOException {
        ObjectStore store = store();
        Path file = file("hello");

        assertThat(store.adopt(KEY, file, HELLO_SHA256, bytes -> {})).isEqualTo(new StoredObject(KEY, 5, HELLO_SHA256));
        assertThat(file).doesNotExist();
        assertThat(text(store.get(KEY))).isEqualTo("hello");
    }

    @Test
    void leavesALinkedFileAloneWhenItsObjectIsDeleted() throws IOException {
        ObjectStore store = store();
        Path file = file("hello");

        assertThat(store.link(KEY, file, HELLO_SHA256, bytes -> {})).isEqualTo(new StoredObject(KEY, 5, HELLO_SHA256));
        assertThat(text(store.get(KEY))).isEqualTo("hello");
        store.delete(KEY);

        assertThat(file).hasContent("hello");
    }

    @Test
    void copiesAnObjectUnderAnotherKey() throws IOException {
        ObjectStore store = store();
        ObjectKey from = new ObjectKey("inbox/org_1/hello");
        store.put(from, file("hello"));

        assertThat(store.copy(from, KEY, bytes -> {})).isEqualTo(new StoredObject(KEY, 5, HELLO_SHA256));
        store.delete(from);

        assertThat(store.find(KEY)).contains(new StoredObject(KEY, 5, HELLO_SHA256));
        assertThat(text(store.get(KEY))).isEqualTo("hello");
        assertThatThrownBy(() -> store.copy(from, KEY, bytes -> {}))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("not there");
    }

    @Test
    void replacesAnObjectAtOnce() throws IOException {
        ObjectStore store = store();
        Path a = file("a".repeat(200_000));
        Path b = file("b".repeat(200_000));
        store.put(KEY, a);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Boolean> reader = CompletableFuture.supplyAsync(() -> {
            boolean whole = true;
            while (!done.get()) {
                whole &= text(store.get(KEY)).matches("a{200000}|b{200000}");
            }
            return whole;
        });
        for (int i = 0; i < 100; i++) {
            store.put(KEY, i % 2 == 0 ? b : a);
        }
        done.set(true);

        assertThat(reader.join()).isTrue();
    }

    @Test
    void readsRanges() throws IOException {
        ObjectStore store = store();
        store.put(KEY, file("0123456789"));

        assertThat(text(store.range(KEY, 0, 3))).isEqualTo("012");
        assertThat(text(store.range(KEY, 4, 2))).isEqualTo("45");
        assertThat(text(store.range(KEY, 8, 100))).isEqualTo("89");
    }

    @Test
    void listsWhatLiesBelowAKeySorted() throws IOException {
        ObjectStore store = store();
        ObjectKey clip = new ObjectKey("organizations/org_1/streams/stream_1/highlights/hl_1/clip.mp4");
        ObjectKey other = new ObjectKey("organizations/org_1/streams/stream_10/source");
        for (ObjectKey key : new ObjectKey[] {KEY, clip, other}) {
            store.put(key, file("x"));
        }

        assertThat(store.list(new ObjectKey("organizations/org_1/streams/stream_1")))
                .containsExactly(clip, KEY);
        assertThat(store.list(new ObjectKey("organizations/org_2"))).isEmpty();
    }

    @Test
    void listsTheFoldersBelowAKey() throws IOException {
        ObjectStore store = store();
        for (String key :
                new String[] {"a/streams/2/source", "a/streams/1/source", "a/streams/1/x/clip.mp4", "a/other"}) {
            store.put(new ObjectKey(key), file("x"));
        }

        assertThat(store.folders(new ObjectKey("a/streams")))
                .containsExactly(new ObjectKey("a/streams/1"), new ObjectKey("a/streams/2"));
        assertThat(store.folders(new ObjectKey("a"))).containsExactly(new ObjectKey("a/streams"));
        assertThat(store.folders(new ObjectKey("b"))).isEmpty();
    }

    @Test
    void deletesOneObjectAndNoOther() throws IOException {
        ObjectStore store = store();
        ObjectKey clip = new ObjectKey("organizations/org_1/streams/stream_1/highlights/hl_1/clip.mp4");
        store.put(KEY, file("x"));
        store.put(clip, file("x"));

        store.delete(KEY);
        store.delete(KEY);
        assertThat(store.find(KEY)).isEmpty();
        assertThat(store.find(clip)).isPresent();
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(store().find(KEY)).isEmpty();
        assertThatThrownBy(() -> store().get(KEY))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(KEY.value())
                .hasMessageContaining("not there");
    }

    Path file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "content", ""), content);
    }

    static String text(InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
