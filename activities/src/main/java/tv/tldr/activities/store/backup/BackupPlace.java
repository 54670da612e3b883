package tv.tldr.activities.store.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.storage.Sha256;
import tv.tldr.activities.storage.StoredObject;

/**
 * Where do backups lie? A folder or a bucket for any number of them. Each has its rows and its manifest; objects lie under
 * their hashes and belong to all backups that name them, so that what has not changed is not copied again.
 *
 * @param prefix what all keys begin with; empty for a place of its own
 */
public record BackupPlace(ObjectStore store, String prefix) {
    private static final String BACKUPS = "backups";

    public BackupPlace {
        prefix = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    }

    /** Names of the backups that are whole, the oldest first. */
    public List<String> names() {
        return store.folders(new ObjectKey(prefix + BACKUPS)).stream()
                .map(folder -> folder.value().substring(folder.value().lastIndexOf('/') + 1))
                .filter(name -> store.find(manifestKey(name)).isPresent())
                .toList();
    }

    /** @throws DamagedBackupException when it is not as it was written, or of a later form */
    public Manifest manifest(String name) {
        if (store.find(hashKey(name)).isEmpty()) {
            throw new DamagedBackupException("The backup " + name + " has lost " + hashKey(name)
                    + ", and nothing tells whether its manifest is as it was written.");
        }
        String page = text(manifestKey(name));
        String hash = text(hashKey(name)).strip();
        if (!Sha256.of(page).hex().equals(hash)) {
            throw new DamagedBackupException("The manifest of " + name + " has changed since it was written.");
        }
        Manifest manifest = Text.read(page, Manifest.class);
        if (manifest.format() != Manifest.FORMAT) {
            throw new DamagedBackupException(
                    "The backup " + name + " has a form that this version does not know: " + manifest.format() + ".");
        }
        return manifest;
    }

    /** The hash first: a manifest that is there can be held against it. */
    void write(Manifest manifest, Path scratch) throws IOException {
        String page = Text.page(manifest);
        put(hashKey(manifest.name()), Sha256.of(page).hex() + "\n", scratch);
        put(manifestKey(manifest.name()), page, scratch);
    }

    ObjectKey table(String name, String table) {
        return key(name, "tables/" + table + ".copy.gz");
    }

    ObjectKey objects(String name) {
        return key(name, "objects.jsonl.gz");
    }

    /** The list of objects as it is stored; the caller closes it. */
    InputStream list(String name) {
        return store.get(objects(name));
    }

    /** Whether the content of that hash is there, all of it. */
    boolean has(String sha256, long size) {
        return content(sha256).filter(object -> object.sizeBytes() == size).isPresent();
    }

    Optional<StoredObject> content(String sha256) {
        return store.find(contentKey(sha256)).filter(object -> object.sha256().equals(sha256));
    }

    ObjectKey contentKey(String sha256) {
        return new ObjectKey(prefix + "objects/" + sha256.substring(0, 2) + "/" + sha256);
    }

    private ObjectKey manifestKey(String name) {
        return key(name, "manifest.json");
    }

    private ObjectKey hashKey(String name) {
        return key(name, "manifest.sha256");
    }

    private ObjectKey key(String name, String file) {
        return new ObjectKey(prefix + BACKUPS + "/" + name + "/" + file);
    }

    private void put(ObjectKey key, String text, Path scratch) throws IOException {
        Path file = Files.createTempFile(scratch, "page", "");
        try {
            Files.writeString(file, text);
            store.put(key, file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private String text(ObjectKey key) {
        try (InputStream in = store.get(key)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("could not read " + key + ": " + e.getMessage(), e);
        }
    }
}
