package tv.tldr.activities.store.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.storage.StoredObject;

/**
 * Does each row have its objects, whole, and each object its row?
 *
 * @param connection to the database, of its own
 * @param scratch a folder of its own
 */
public record Inventory(Connection connection, ObjectStore objects, Path scratch) {
    /** What is wrong with an object. */
    public enum Fault {
        /** A row names it, and it is not there. */
        MISSING,
        /** It has another size than its row says. */
        SIZE,
        /** It has another hash than its row says. */
        HASH,
        /** No row names it. It may be on its way to one, or be left for the sweep. */
        UNNAMED
    }

    /** @param object what its row says; of one that no row names, what the store says */
    public record Finding(Fault fault, NamedObject object) {}

    /** @param bytes of all that rows name */
    public record Totals(long named, long bytes) {}

    /**
     * @param deep reads every object instead of believing the hash that the store keeps of it
     * @param found told of each, from several threads
     */
    public Totals check(boolean deep, Consumer<Finding> found) throws IOException, SQLException {
        Path named = Files.createTempFile(scratch, "named", ".gz");
        LongAdder number = new LongAdder();
        LongAdder bytes = new LongAdder();
        Set<String> keys = new HashSet<>();
        try {
            name(named);
            try (InputStream in = Files.newInputStream(named)) {
                ObjectList.read(in).forEachRemaining(object -> keys.add(object.key()));
            }
            try (InputStream in = Files.newInputStream(named)) {
                Parallel.each(ObjectList.read(in), object -> {
                    number.increment();
                    bytes.add(object.size());
                    fault(object, deep).ifPresent(fault -> found.accept(new Finding(fault, object)));
                });
            }
        } finally {
            Files.deleteIfExists(named);
        }
        for (ObjectKey key : objects.list(ObjectKeys.organizations())) {
            if (!keys.contains(key.value()) && !key.equals(ObjectKeys.mark())) {
                found.accept(new Finding(
                        Fault.UNNAMED,
                        new NamedObject(key.value(), objects.size(key).orElse(0L), null)));
            }
        }
        return new Totals(number.sum(), bytes.sum());
    }

    private void name(Path file) throws IOException, SQLException {
        connection.setAutoCommit(false);
        try {
            ObjectList.name(connection, file);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private Optional<Fault> fault(NamedObject object, boolean deep) {
        Optional<StoredObject> there = objects.find(new ObjectKey(object.key()));
        if (there.isEmpty()) {
            return Optional.of(Fault.MISSING);
        }
        if (there.get().sizeBytes() != object.size()) {
            return Optional.of(Fault.SIZE);
        }
        String wanted = object.sha256();
        String known = deep ? read(new ObjectKey(object.key())) : there.get().sha256();
        return wanted == null || wanted.equals(known) ? Optional.empty() : Optional.of(Fault.HASH);
    }

    private String read(ObjectKey key) {
        Gauge gauge = new Gauge(OutputStream.nullOutputStream());
        try (InputStream in = objects.get(key)) {
            in.transferTo(gauge);
            return gauge.sha256();
        } catch (IOException e) {
            throw new UncheckedIOException("could not read " + key, e);
        }
    }

    /**
     * Fetches what a row names from elsewhere: a store with the same keys, or a place of backups.
     *
     * @return whether it was there, as the row wants it
     */
    public boolean fetch(BackupPlace from, NamedObject object) {
        return source(from, object)
                .map(found -> ObjectCopy.make(
                        from.store(), found.key(), objects, (size, hash) -> judged(object, size, hash), scratch))
                .isPresent();
    }

    private static Optional<StoredObject> source(BackupPlace from, NamedObject object) {
        String wanted = object.sha256();
        return from.store()
                .find(new ObjectKey(from.prefix() + object.key()))
                .filter(found -> found.sizeBytes() == object.size())
                .filter(found -> wanted == null || found.sha256().equals(wanted))
                .or(() -> wanted == null ? Optional.empty() : from.content(wanted));
    }

    private static ObjectKey judged(NamedObject object, long size, String hash) {
        if (size != object.size() || (object.sha256() != null && !hash.equals(object.sha256()))) {
            throw new DamagedBackupException("What was fetched as " + object.key() + " is not what its row says.");
        }
        return new ObjectKey(object.key());
    }
}
