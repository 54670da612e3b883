package tv.tldr.activities.store.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.activities.storage.FolderObjectStore;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.storage.S3ObjectStore;
import tv.tldr.activities.storage.StoredObject;
import tv.tldr.activities.storage.TestS3;
import tv.tldr.activities.store.TestPostgres;

/** Rows and objects leave a database and come into another one, whose owner is no superuser. */
class BackupIT {
    private static final UUID OURS = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
    private static final UUID OTHERS = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8058");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final String URLS = "SELECT string_agg(source_url, ',' ORDER BY source_url) FROM streams";

    @TempDir
    private Path folder = Path.of("");

    private final List<Connection> open = new ArrayList<>();
    private FolderObjectStore objects;
    private BackupPlace place;
    private Connection from;

    @BeforeEach
    void fill() throws IOException, SQLException {
        objects = new FolderObjectStore(folder.resolve("objects"));
        place = new BackupPlace(new FolderObjectStore(folder.resolve("backup")), "nightly");
        from = owned();
        stream(OURS, "ours", stored("organizations/ours/source", "a recording"));
        stream(OTHERS, "others", stored("organizations/others/source", "a recording"));
    }

    @AfterEach
    void close() throws SQLException {
        for (Connection connection : open) {
            connection.close();
        }
    }

    @Test
    void whatIsRestoredIsTheSameAndKeptApart() throws Exception {
        Manifest manifest = backup(NOW);

        assertThat(place.names()).containsExactly("20260301T120000Z");
        assertThat(place.manifest(manifest.name())).isEqualTo(manifest);
        assertThat(manifest.objects().count()).isEqualTo(2);
        assertThat(contents()).as("one content under its hash").hasSize(1);

        FolderObjectStore elsewhere = new FolderObjectStore(folder.resolve("elsewhere"));
        Connection to = owned();
        Restore restore = new Restore(to, elsewhere, place, scratch(), line -> {});
        assertThat(restore.hasRows()).isFalse();
        assertThat(restore.strangers(manifest)).isEmpty();
        restore.objects(manifest);
        restore.rows(manifest);

        assertThat(restore.hasRows()).isTrue();
        assertThat(elsewhere.find(new ObjectKey("organizations/ours/source")))
                .isEqualTo(objects.find(new ObjectKey("organizations/ours/source")));
        assertThat(text(to, "SELECT string_agg(source_url, ',' ORDER BY source_url) FROM streams"))
                .isEqualTo("others,ours");
        assertThat(text(to, "SELECT count(*) FROM events"))
                .as("nothing was told again")
                .isEqualTo("2");
        String name = text(to, "SELECT current_database()");
        run(to, "SET ROLE " + name + "_app");
        run(to, "SET tldr.tenant = '" + OURS + "'");
        assertThat(text(to, "SELECT string_agg(source_url, ',') FROM streams")).isEqualTo("ours");
        assertThatThrownBy(() -> run(
                        to,
                        "INSERT INTO usage_notices (organization_id, period_start, metric, percentage)" + " VALUES ('"
                                + OTHERS + "', now(), 'stream_hours', 80)"))
                .hasMessageContaining("row-level security");
    }

    @Test
    void whatAnOrganizationHoldsIsRestoredWithItsRowsAndGoesOnFromThere() throws Exception {
        String held = "SELECT sum(bytes) FROM held_bytes WHERE organization_id = '" + OURS + "'";
        String counted = "SELECT sum(recording_size) FROM streams WHERE organization_id = '" + OURS + "'";
        Manifest manifest = backup(NOW);
        Connection to = owned();

        new Restore(to, new FolderObjectStore(folder.resolve("elsewhere")), place, scratch(), line -> {})
                .rows(manifest);

        assertThat(text(to, held)).isEqualTo(text(to, counted)).isNotEqualTo("0");
        run(to, "UPDATE streams SET recording_size = recording_size + 1000");
        assertThat(text(to, held)).isEqualTo(text(to, counted));
        run(to, "DELETE FROM streams");
        assertThat(text(to, held)).isEqualTo("0");
    }

    @Test
    void theNextBackupCopiesWhatIsNew() throws Exception {
        backup(NOW);
        Path content = contents().getFirst();
        Files.setLastModifiedTime(content, FileTime.from(Instant.EPOCH));
        stream(OURS, "another", stored("organizations/ours/another", "another recording"));

        Manifest next = backup(NOW.plusSeconds(60));

        assertThat(next.objects().count()).isEqualTo(3);
        assertThat(contents()).hasSize(2);
        assertThat(Files.getLastModifiedTime(content).toInstant()).isEqualTo(Instant.EPOCH);
        assertThat(place.names()).containsExactly("20260301T120000Z", "20260301T120100Z");
    }

    @Test
    void aBucketIsAPlaceLikeAFolder() throws Exception {
        try (S3ObjectStore bucket = new S3ObjectStore(TestS3.shared().newBucket())) {
            place = new BackupPlace(bucket, "nightly/tldr");
            Manifest manifest = backup(NOW);
            assertThat(place.names()).containsExactly(manifest.name());
            assertThat(backup(NOW.plusSeconds(60)).objects().count()).isEqualTo(2);
            assertThat(bucket.list(new ObjectKey("nightly/tldr/objects"))).hasSize(1);

            FolderObjectStore elsewhere = new FolderObjectStore(folder.resolve("elsewhere"));
            Restore restore = new Restore(owned(), elsewhere, place, scratch(), line -> {});
            restore.objects(place.manifest(manifest.name()));
            restore.rows(manifest);

            assertThat(restore.hasRows()).isTrue();
            assertThat(elsewhere.find(new ObjectKey("organizations/others/source")))
                    .isPresent();
        }
    }

    @Test
    void whatARowNamesAndTheStoreLacksIsTold() throws Exception {
        stream(OURS, "lost", stored("organizations/ours/lost", "what nobody else has"));
        objects.delete(new ObjectKey("organizations/ours/lost"));

        assertThat(backup(NOW).objects().missing()).containsExactly("organizations/ours/lost");
    }

    /** Full, not mounted, somebody else's: the disk says which. */
    @Test
    void whyAnObjectCannotBeCopiedIsTold() throws Exception {
        Path disk = folder.resolve("not-mounted");
        ObjectKey key = new ObjectKey("organizations/one/source");
        objects.put(key, Files.writeString(folder.resolve("one"), "bytes"));

        assertThatThrownBy(() -> ObjectCopy.make(objects, key, objects, (size, sha256) -> key, disk))
                .hasMessageContaining(key.value())
                .hasMessageContaining(disk.toString());
    }

    @Test
    void aDamagedBackupIsRefusedAndLeavesNoRow() throws Exception {
        Manifest manifest = backup(NOW);
        Path streams = folder.resolve("backup/nightly/backups/" + manifest.name() + "/tables/streams.copy.gz");
        Path organizations = streams.resolveSibling("organizations.copy.gz");
        Connection to = owned();
        Restore restore =
                new Restore(to, new FolderObjectStore(folder.resolve("elsewhere")), place, scratch(), line -> {});

        Path kept = Files.copy(organizations, folder.resolve("kept"));
        try (FastGzip packed = new FastGzip(Files.newOutputStream(organizations))) {
            try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(kept))) {
                packed.write(new String(in.readAllBytes(), UTF_8)
                        .replace("Test", "Tset")
                        .getBytes(UTF_8));
            }
        }
        assertThatThrownBy(() -> restore.rows(manifest))
                .isInstanceOf(DamagedBackupException.class)
                .hasMessageContaining("organizations has changed");
        assertThat(restore.hasRows()).isFalse();

        Files.copy(kept, organizations, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(contents().getFirst(), "a recorder!");
        assertThatThrownBy(() -> restore.objects(manifest)).isInstanceOf(DamagedBackupException.class);
        Path page = folder.resolve("backup/nightly/backups/" + manifest.name() + "/manifest.json");
        Files.writeString(page, Files.readString(page).replace("\"rows\" : 2", "\"rows\" : 1"));
        assertThatThrownBy(() -> place.manifest(manifest.name())).hasMessageContaining("has changed since");
        restore.rows(manifest);
        assertThat(restore.hasRows()).isTrue();
    }

    @Test
    void aCheckNamesEachTableAndObjectThatIsNotAsItWasWritten() throws Exception {
        stream(OURS, "lost", stored("organizations/ours/lost", "what nobody else has"));
        stream(OURS, "changed", stored("organizations/ours/changed", "and another"));
        Manifest manifest = backup(NOW);
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        BackupCheck check = new BackupCheck(place, told::add);
        assertThat(check.damages(manifest)).isEmpty();
        assertThat(told).contains("  streams: 4 rows");

        Path backup = folder.resolve("backup/nightly/backups/" + manifest.name());
        halve(backup.resolve("tables/streams.copy.gz"));
        Files.delete(backup.resolve("tables/organizations.copy.gz"));
        Files.delete(content("organizations/ours/lost"));
        Files.writeString(content("organizations/ours/changed"), "and an other");

        assertThat(check.damages(manifest))
                .satisfiesExactlyInAnyOrder(
                        damage -> assertThat(damage).contains("table streams cannot be read", "tables/streams.copy.gz"),
                        damage -> assertThat(damage).contains("table organizations is not there"),
                        damage -> assertThat(damage).contains("organizations/ours/lost is not there"),
                        damage -> assertThat(damage).contains("organizations/ours/changed has changed since"));
        halve(backup.resolve("objects.jsonl.gz"));
        assertThat(check.damages(manifest)).anyMatch(damage -> damage.startsWith("The list of objects cannot be read"));
    }

    @Test
    void aCheckLooksIntoABucket() throws Exception {
        try (S3ObjectStore bucket = new S3ObjectStore(TestS3.shared().newBucket())) {
            place = new BackupPlace(bucket, "nightly");
            Manifest manifest = backup(NOW);
            BackupCheck check = new BackupCheck(place, line -> {});
            assertThat(check.damages(manifest)).isEmpty();

            ObjectKey content = bucket.list(new ObjectKey("nightly/objects")).getFirst();
            bucket.put(content, Files.writeString(folder.resolve("file"), "a recorder!"));
            ObjectKey table = place.table(manifest.name(), "streams");
            bucket.put(table, halve(read(bucket, table)));

            assertThat(check.damages(manifest))
                    .satisfiesExactly(
                            damage -> assertThat(damage).contains("table streams cannot be read", table.value()),
                            damage -> assertThat(damage).contains(content.value()));
        }
    }

    @Test
    void aDamagedTableOrObjectLeavesWhatWasThere() throws Exception {
        Manifest manifest = backup(NOW);
        run(from, "UPDATE streams SET source_url = source_url || ', later'");
        String now = text(from, URLS);
        Restore restore = new Restore(from, new FolderObjectStore(folder.resolve("new")), place, scratch(), line -> {});
        Path streams = folder.resolve("backup/nightly/backups/" + manifest.name() + "/tables/streams.copy.gz");
        Path kept = Files.copy(streams, folder.resolve("kept"));

        halve(streams);
        assertThatThrownBy(() -> restore.requireTables(manifest))
                .isInstanceOf(DamagedBackupException.class)
                .hasMessageContaining("streams cannot be read");
        assertThatThrownBy(() -> restore.rows(manifest, BackupIT::remade))
                .isInstanceOf(DamagedBackupException.class)
                .hasMessageContaining("streams cannot be read");
        assertThat(text(from, URLS)).isEqualTo(now);

        Files.copy(kept, streams, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(contents().getFirst(), "a recorder!");
        assertThatThrownBy(() -> restore.requireObjects(manifest)).hasMessageContaining("has changed since");
        restore.rows(manifest, BackupIT::remade);
        assertThat(text(from, URLS)).isEqualTo("others,ours");
    }

    @Test
    void tablesOfAnotherVersionAreMadeInTheTransactionThatFillsThem() throws Exception {
        Manifest manifest = backup(NOW);
        run(from, "CREATE TABLE of_a_later_version (id int)");
        String tables = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()";
        String before = text(from, tables);
        Restore restore = new Restore(from, objects, place, scratch(), line -> {});
        Connection beside = DriverManager.getConnection(
                from.getMetaData().getURL(), from.getMetaData().getUserName(), "");
        open.add(beside);

        assertThatThrownBy(() -> restore.rows(manifest, transaction -> {
                    remade(transaction);
                    throw new IllegalStateException("the power fails");
                }))
                .hasMessage("the power fails");
        assertThat(text(beside, tables)).isEqualTo(before);
        assertThat(text(beside, URLS)).isEqualTo("others,ours");
        assertThatThrownBy(() -> restore.rows(manifest)).hasMessageContaining("make other tables");

        restore.rows(manifest, BackupIT::remade);
        assertThat(text(beside, "SELECT to_regclass('of_a_later_version')::text"))
                .isNull();
        assertThat(text(beside, URLS)).isEqualTo("others,ours");
        run(beside, "UPDATE organizations SET name = 'Written to'");
    }

    @Test
    void aManifestWithoutItsHashIsNotBelieved() throws Exception {
        Manifest manifest = backup(NOW);
        Files.delete(folder.resolve("backup/nightly/backups/" + manifest.name() + "/manifest.sha256"));

        assertThatThrownBy(() -> place.manifest(manifest.name()))
                .isInstanceOf(DamagedBackupException.class)
                .hasMessageContaining("has lost nightly/backups/" + manifest.name() + "/manifest.sha256");
    }

    @Test
    void rowsAndObjectsAreHeldAgainstEachOther() throws Exception {
        backup(NOW);
        Inventory inventory = new Inventory(from, objects, scratch());
        objects.delete(new ObjectKey("organizations/ours/source"));
        stored("organizations/nobody/clip", "a clip");
        List<Inventory.Finding> found = new ArrayList<>();

        assertThat(inventory.check(false, found::add)).isEqualTo(new Inventory.Totals(2, 22));

        assertThat(found)
                .extracting(finding -> finding.fault() + " " + finding.object().key())
                .containsExactly("MISSING organizations/ours/source", "UNNAMED organizations/nobody/clip");
        assertThat(inventory.fetch(place, found.getFirst().object())).isTrue();
        assertThat(objects.find(new ObjectKey("organizations/ours/source"))).isPresent();
    }

    private Manifest backup(Instant now) throws IOException, SQLException {
        return new Backup(from, objects, place, scratch(), line -> {}).make(now, "test", "mark");
    }

    private static void remade(DataSource transaction) {
        FluentConfiguration flyway = Flyway.configure().dataSource(transaction);
        flyway.cleanDisabled(false).load().clean();
        flyway.load().migrate();
    }

    private static Path halve(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        return Files.write(file, Arrays.copyOf(all, all.length / 2));
    }

    private Path read(ObjectStore store, ObjectKey key) throws IOException {
        try (InputStream in = store.get(key)) {
            return Files.write(folder.resolve("read"), in.readAllBytes());
        }
    }

    private Path content(String key) {
        String sha256 = objects.find(new ObjectKey(key)).orElseThrow().sha256();
        return folder.resolve("backup").resolve(place.contentKey(sha256).value());
    }

    private Path scratch() throws IOException {
        return Files.createDirectories(folder.resolve("scratch"));
    }

    private StoredObject stored(String key, String content) throws IOException {
        return objects.put(new ObjectKey(key), Files.writeString(folder.resolve("file"), content));
    }

    private List<Path> contents() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("backup/nightly/objects"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    private void stream(UUID organization, String url, StoredObject recording) throws SQLException {
        run(
                from,
                "INSERT INTO organizations (id, name, plan) VALUES ('" + organization
                        + "', 'Test', 'starter') ON CONFLICT DO NOTHING");
        run(from, """
                INSERT INTO streams (organization_id, id, source_url, source_key, platform, status, is_live, allow_duplicate,
                    options, metadata, progress, workflow_id, recording_key, recording_size, recording_sha256)
                VALUES ('%s', gen_random_uuid(), '%s', sha256('%s'), 'file', 'pending', false, false, '{}', '{}', '{}', 'stream/x',
                    '%s', %d, '%s')
                """.formatted(organization, url, url, recording.key(), recording.sizeBytes(), recording.sha256()));
        run(
                from,
                "INSERT INTO events (organization_id, id, sequence, type, data, created_at) SELECT '" + organization
                        + "', gen_random_uuid(), coalesce(max(sequence), 0) + 1, 'stream.started', '{}', now() FROM events");
    }

    /** A migrated database of an owner of its own, and a connection as that owner. */
    private Connection owned() throws SQLException {
        String place = TestPostgres.freshDatabaseUrl().replaceFirst("postgresql://postgres@", "");
        String name = place.substring(place.indexOf('/') + 1);
        try (Connection superuser = DriverManager.getConnection("jdbc:postgresql://" + place, "postgres", "")) {
            run(superuser, "CREATE ROLE " + name + "_owner LOGIN CREATEROLE");
            run(superuser, "ALTER DATABASE " + name + " OWNER TO " + name + "_owner");
        }
        Flyway.configure()
                .dataSource("jdbc:postgresql://" + place, name + "_owner", "")
                .load()
                .migrate();
        Connection connection = DriverManager.getConnection("jdbc:postgresql://" + place, name + "_owner", "");
        open.add(connection);
        return connection;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
