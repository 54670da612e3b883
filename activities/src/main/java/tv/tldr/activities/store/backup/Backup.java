package tv.tldr.activities.store.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.storage.StoredObject;

/**
 * How is a backup made while everything runs? The rows of one snapshot first, then the objects that those rows name: an
 * object is written before the row that names it, and does not change afterwards.
 *
 * @param connection to the database, of its own
 * @param scratch a folder with room for the largest table and eight objects
 * @param say told how far it is
 */
public record Backup(
        Connection connection, ObjectStore objects, BackupPlace place, Path scratch, Consumer<String> say) {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /**
     * Made anew, or again after one that broke off: what is there of it is found by its hash.
     *
     * @param program the version that makes it
     * @param secretMark see {@link Manifest}
     */
    public Manifest make(Instant now, String program, String secretMark) throws IOException, SQLException {
        Files.createDirectories(scratch);
        String name = NAME.format(now);
        Path named = Files.createTempFile(scratch, "named", ".gz");
        Path list = Files.createTempFile(scratch, "objects", ".gz");
        try {
            Rows rows = rows(name, named);
            say.accept("Rows are copied; objects follow.");
            Manifest.Objects stored = objects(name, named, list);
            Manifest manifest = new Manifest(
                    Manifest.FORMAT,
                    name,
                    now.toString(),
                    program,
                    rows.version(),
                    secretMark,
                    rows.tables(),
                    rows.sequences(),
                    stored);
            place.write(manifest, scratch);
            return manifest;
        } finally {
            Files.deleteIfExists(named);
            Files.deleteIfExists(list);
        }
    }

    private record Rows(String version, List<Manifest.Table> tables, List<Manifest.Sequence> sequences) {}

    private Rows rows(String name, Path named) throws IOException, SQLException {
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try {
            Catalog catalog = new Catalog(connection);
            RowCopy.prepare(catalog);
            String version = catalog.version();
            if (version.isEmpty()) {
                throw new DamagedBackupException("There is nothing to back up: the database was never migrated.");
            }
            List<Manifest.Table> tables = new ArrayList<>();
            for (String table : catalog.tables()) {
                tables.add(table(name, table, catalog.columns(table)));
            }
            ObjectList.name(connection, named);
            return new Rows(version, tables, catalog.sequences());
        } finally {
            connection.rollback();
            connection.setReadOnly(false);
            connection.setAutoCommit(true);
        }
    }

    private Manifest.Table table(String name, String table, List<String> columns) throws IOException, SQLException {
        Path file = Files.createTempFile(scratch, "table", ".gz");
        try {
            Manifest.Table copied;
            try (OutputStream out = new FastGzip(Files.newOutputStream(file))) {
                copied = RowCopy.out(connection.unwrap(PGConnection.class), table, columns, out);
            }
            place.store().put(place.table(name, table), file);
            if (copied.rows() > 0) {
                say.accept("  " + table + ": " + copied.rows() + " rows");
            }
            return copied;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private Manifest.Objects objects(String name, Path named, Path file) throws IOException, SQLException {
        List<String> absent = Collections.synchronizedList(new ArrayList<>());
        Manifest.Objects made;
        try (InputStream in = Files.newInputStream(named)) {
            ObjectList list = new ObjectList(file);
            try (list) {
                Parallel.each(ObjectList.read(in), object -> copy(object, list, absent));
            }
            made = new Manifest.Objects(list.count(), list.bytes(), stillNamed(absent), list.sha256());
        }
        place.store().put(place.objects(name), file);
        return made;
    }

    private void copy(NamedObject object, ObjectList list, List<String> absent) {
        ObjectKey key = new ObjectKey(object.key());
        String known = object.sha256();
        try {
            if (known != null && place.has(known, object.size())) {
                list.add(object);
            } else {
                StoredObject stored = ObjectCopy.make(
                        objects, key, place.store(), (size, sha256) -> expected(object, size, sha256), scratch);
                list.add(new NamedObject(object.key(), stored.sizeBytes(), stored.sha256()));
            }
        } catch (UncheckedIOException failure) {
            // Somebody may delete it at any moment, also while it is read.
            if (objects.find(key).isPresent()) {
                throw failure;
            }
            absent.add(object.key());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectKey expected(NamedObject object, long size, String sha256) {
        String known = object.sha256();
        if (size != object.size() || (known != null && !known.equals(sha256))) {
            throw new DamagedBackupException("The object " + object.key() + " is not what its row says: it has " + size
                    + " bytes of the hash " + sha256 + ". ./tldr storage verify tells of all such objects.");
        }
        return place.contentKey(sha256);
    }

    /** What was deleted meanwhile, with its row, is missed by nobody. */
    private List<String> stillNamed(List<String> absent) throws SQLException {
        Catalog catalog = new Catalog(connection);
        List<String> missed = new ArrayList<>();
        for (String key : absent) {
            if (catalog.isNamed(key)) {
                missed.add(key);
            }
        }
        return missed.stream().sorted().toList();
    }
}
