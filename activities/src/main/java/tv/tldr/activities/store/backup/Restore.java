package tv.tldr.activities.store.backup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.storage.StoredObject;

/**
 * How does a backup become an installation again? Objects first, each held against its hash; then all rows in one
 * transaction, which is committed when every table, read back, is what the manifest says. What breaks off is begun again.
 *
 * @param connection to a database, of its own
 * @param scratch a folder with room for eight objects
 * @param say told how far it is
 */
public record Restore(
        Connection connection, ObjectStore objects, BackupPlace place, Path scratch, Consumer<String> say) {
    /** Whether the database holds anything that would be lost. */
    public boolean hasRows() throws SQLException {
        return new Catalog(connection).hasRows();
    }

    /** How many processes of the program are connected to the database. */
    public long others() throws SQLException {
        return new Catalog(connection).programs();
    }

    /** The newest migration that the database has; empty without any. */
    public String schemaVersion() throws SQLException {
        return new Catalog(connection).version();
    }

    /** A few of the objects that are in the store and in no way the backup's; empty when there are none. */
    public List<String> strangers(Manifest manifest) throws IOException {
        BackupCheck.refuse(new BackupCheck(place, say).list(manifest));
        Set<String> known = new HashSet<>();
        try (InputStream in = place.list(manifest.name())) {
            ObjectList.read(in).forEachRemaining(object -> known.add(object.key()));
        }
        return objects.list(ObjectKeys.organizations()).stream()
                .filter(key -> !key.equals(ObjectKeys.mark()))
                .map(ObjectKey::value)
                .filter(key -> !known.contains(key))
                .limit(3)
                .toList();
    }

    /**
     * Reads tables and list to the end.
     *
     * @throws DamagedBackupException when they are not as they were written
     */
    public void requireTables(Manifest manifest) {
        BackupCheck.refuse(new BackupCheck(place, say).tables(manifest));
    }

    /**
     * Reads every object that would be copied: for a restore that makes anything else be lost.
     *
     * @throws DamagedBackupException when one is not as it was written
     */
    public void requireObjects(Manifest manifest) throws IOException {
        BackupCheck.refuse(new BackupCheck(place, say).objects(manifest, this::isThere));
    }

    /** What is there already, whole, is not copied again. */
    public void objects(Manifest manifest) throws IOException {
        Files.createDirectories(scratch);
        BackupCheck.refuse(new BackupCheck(place, say).list(manifest));
        try (InputStream in = place.list(manifest.name())) {
            Parallel.each(ObjectList.read(in), this::copy);
        }
        say.accept(manifest.objects().count() + " objects are in place, as their hashes say.");
    }

    private void copy(NamedObject object) {
        ObjectKey key = new ObjectKey(object.key());
        String sha256 = String.valueOf(object.sha256());
        if (isThere(object)) {
            return;
        }
        StoredObject content = place.content(sha256)
                .orElseThrow(() -> new DamagedBackupException("The backup lacks the content of " + object.key()
                        + ": the object " + place.contentKey(sha256) + " is not there."));
        ObjectCopy.make(
                place.store(),
                content.key(),
                objects,
                (size, hash) -> {
                    if (size != object.size() || !hash.equals(sha256)) {
                        throw new DamagedBackupException(
                                "The object " + content.key() + " of the backup has changed since it was written.");
                    }
                    return key;
                },
                scratch);
    }

    /** What the store has already, by the hash that it keeps. */
    private boolean isThere(NamedObject object) {
        return objects.find(new ObjectKey(object.key()))
                .filter(there ->
                        there.sizeBytes() == object.size() && there.sha256().equals(String.valueOf(object.sha256())))
                .isPresent();
    }

    /** Makes the tables of the backup's version, empty, in the transaction that fills them. */
    @FunctionalInterface
    public interface Tables {
        /** @param transaction whose connections are all the one of the transaction, which commits for none of them */
        void make(DataSource transaction);
    }

    /** What the tables hold is replaced, by all rows or by none: one that breaks off has changed nothing. */
    public void rows(Manifest manifest, Tables tables) throws IOException, SQLException {
        connection.setAutoCommit(false);
        try {
            Catalog catalog = new Catalog(connection);
            tables.make(new SharedTransaction(connection));
            RowCopy.prepare(catalog);
            requireFitting(manifest, catalog);
            List<Catalog.Reference> references = catalog.references();
            List<String> walled = catalog.walled();
            letIn(catalog, manifest, references, walled);
            for (Manifest.Table table : manifest.tables()) {
                load(manifest, table);
            }
            close(catalog, manifest, references, walled);
            for (Manifest.Table table : manifest.tables()) {
                requireSame(table);
            }
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        say.accept(manifest.rows() + " rows are in place, as the hashes of their tables say.");
    }

    /** The same into tables that are as they were when the backup was made. */
    public void rows(Manifest manifest) throws IOException, SQLException {
        rows(manifest, transaction -> {});
    }

    private static void requireFitting(Manifest manifest, Catalog catalog) throws SQLException {
        if (!catalog.version().equals(manifest.schemaVersion())) {
            throw new DamagedBackupException("The backup is of V" + manifest.schemaVersion()
                    + ", and the database has the tables of another version: V" + catalog.version() + ".");
        }
        List<String> expected =
                manifest.tables().stream().map(Manifest.Table::name).toList();
        if (!catalog.tables().equals(expected)) {
            throw new DamagedBackupException("The migrations up to " + manifest.schemaVersion()
                    + " make other tables than the backup has: " + expected + ".");
        }
    }

    /** Nothing fires and nothing is looked up row by row; what references ask for is held against all rows at the end. */
    private static void letIn(
            Catalog catalog, Manifest manifest, List<Catalog.Reference> references, List<String> walled)
            throws SQLException {
        for (Catalog.Reference reference : references) {
            catalog.run("ALTER TABLE " + reference.table() + " DROP CONSTRAINT " + Catalog.quoted(reference.name()));
        }
        for (String table : walled) {
            catalog.run("ALTER TABLE " + Catalog.quoted(table) + " NO FORCE ROW LEVEL SECURITY");
        }
        for (Manifest.Table table : manifest.tables()) {
            catalog.run("ALTER TABLE " + Catalog.quoted(table.name()) + " DISABLE TRIGGER USER");
            catalog.run("TRUNCATE " + Catalog.quoted(table.name()));
        }
    }

    private void load(Manifest manifest, Manifest.Table table) throws IOException, SQLException {
        try (InputStream stored = place.store().get(place.table(manifest.name(), table.name()));
                InputStream text = new GZIPInputStream(stored, 1 << 16)) {
            long rows = RowCopy.in(connection.unwrap(PGConnection.class), table, text);
            if (rows != table.rows()) {
                throw new DamagedBackupException(
                        "The table " + table.name() + " has " + rows + " rows instead of " + table.rows() + ".");
            }
            if (rows > 0) {
                say.accept("  " + table.name() + ": " + rows + " rows");
            }
        } catch (EOFException | ZipException unreadable) {
            throw new DamagedBackupException("The table " + table.name() + " cannot be read (" + unreadable.getMessage()
                    + "): " + place.table(manifest.name(), table.name()) + ".");
        }
    }

    private static void close(
            Catalog catalog, Manifest manifest, List<Catalog.Reference> references, List<String> walled)
            throws SQLException {
        for (Catalog.Reference reference : references) {
            catalog.run("ALTER TABLE " + reference.table() + " ADD CONSTRAINT " + Catalog.quoted(reference.name()) + " "
                    + reference.definition());
        }
        for (Manifest.Table table : manifest.tables()) {
            catalog.run("ALTER TABLE " + Catalog.quoted(table.name()) + " ENABLE TRIGGER USER");
        }
        for (Manifest.Sequence sequence : manifest.sequences()) {
            catalog.run("SELECT setval('" + Catalog.quoted(sequence.name()) + "', " + sequence.last() + ")");
        }
        for (String table : walled) {
            catalog.run("ALTER TABLE " + Catalog.quoted(table) + " FORCE ROW LEVEL SECURITY");
        }
    }

    /** Read back, from the first to the last byte. */
    private void requireSame(Manifest.Table table) throws IOException, SQLException {
        Manifest.Table now = RowCopy.out(
                connection.unwrap(PGConnection.class), table.name(), table.columns(), OutputStream.nullOutputStream());
        if (!now.equals(table)) {
            throw new DamagedBackupException("The table " + table.name() + " has changed since the backup was made:"
                    + " what was read back has another hash. Nothing was restored.");
        }
    }
}
