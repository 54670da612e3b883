package tv.tldr.activities.store.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.storage.StoredObject;

/** How does an object get from one store into another? By a file on this disk, whose hash is that of all of its bytes. */
final class ObjectCopy {
    private static final int STRIPES = 64;
    private static final List<Object> LOCKS =
            Stream.generate(Object::new).limit(STRIPES).toList();

    private ObjectCopy() {}

    /** Under which key, once its hash is known? */
    @FunctionalInterface
    interface Place {
        /** @throws DamagedBackupException when it is not what it should be */
        ObjectKey of(long size, String sha256);
    }

    /** Read whole, judged, and only then put under its key; nothing is left of it here. */
    static StoredObject make(ObjectStore from, ObjectKey key, ObjectStore into, Place place, Path scratch) {
        try {
            Path file = Files.createTempFile(scratch, "object", "");
            try (InputStream in = from.get(key);
                    OutputStream out = Files.newOutputStream(file);
                    Gauge gauge = new Gauge(out)) {
                in.transferTo(gauge);
                gauge.flush();
                String hash = gauge.sha256();
                return put(into, place.of(gauge.bytes(), hash), file, hash);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not copy " + key + ": " + e.getMessage(), e);
        }
    }

    /** One at a time under a key: two that have the same content meet here, and a store takes them for attempts at one. */
    private static StoredObject put(ObjectStore into, ObjectKey key, Path file, String hash) {
        synchronized (LOCKS.get(Math.floorMod(key.hashCode(), LOCKS.size()))) {
            return into.adopt(key, file, hash, bytes -> {});
        }
    }
}
