package tv.tldr.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Locale;
import org.flywaydb.core.Flyway;
import tv.tldr.activities.storage.FolderObjectStore;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.store.backup.Backup;
import tv.tldr.activities.store.backup.BackupPlace;
import tv.tldr.activities.store.backup.Manifest;
import tv.tldr.activities.store.backup.Restore;

/** How fast are a million highlights backed up and restored, beside PostgreSQL's own {@code COPY} of the same rows? */
final class BackupBench {
    private static final double NANOS = 1e9;
    private static final int A_STREAM = 1000;

    private BackupBench() {}

    static void main(String[] arguments) throws Exception {
        int rows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        Path home = Files.createTempDirectory("tldr-backup-bench");
        try (WholeProgram _ = WholeProgram.start(Path.of(arguments[0]), home, "384m");
                Connection database = EmbeddedDatabase.connect(home)) {
            fill(database, rows);
            measure(home, database);
        }
    }

    private static void measure(Path home, Connection database) throws IOException, SQLException {
        Path place = home.resolve("backup");
        BackupPlace backups = new BackupPlace(new FolderObjectStore(place), "");
        Path scratch = Files.createDirectories(place.resolve(".scratch"));
        FolderObjectStore objects = new FolderObjectStore(home.resolve("objects"));
        Manifest.Table[] highlights = new Manifest.Table[1];
        Manifest[] made = new Manifest[1];
        double copyOut = timed(() -> run(database, "COPY highlights TO '/dev/null'"));
        double backup = timed(() -> made[0] =
                new Backup(database, objects, backups, scratch, line -> {}).make(Instant.now(), "bench", "bench"));
        highlights[0] = made[0].tables().stream()
                .filter(table -> table.name().equals("highlights"))
                .findFirst()
                .orElseThrow();
        run(database, "CREATE DATABASE restored");
        run(database, "CREATE TABLE plain (LIKE highlights INCLUDING ALL)");
        ObjectKey text = new ObjectKey("backups/" + made[0].name() + "/tables/highlights.copy.gz");
        double copyIn = timed(() -> run(
                database,
                "COPY plain (" + String.join(", ", highlights[0].columns()) + ") FROM PROGRAM 'gunzip -c "
                        + place.resolve(text.value()) + "'"));
        String url = EmbeddedDatabase.url(home).replaceFirst("/tldr$", "/restored");
        double restore;
        try (Connection restored = connect(url)) {
            migrate(url, made[0].schemaVersion());
            restore = timed(() -> new Restore(restored, objects, backups, scratch, line -> {}).rows(made[0]));
        }
        long packed = Files.size(place.resolve(text.value()));
        System.out.printf(
                Locale.ROOT,
                "%,d rows, %,.1f MB as text, %,.1f MB packed%n",
                made[0].rows(),
                made[0].bytes() / 1e6,
                packed / 1e6);
        tell("COPY TO, thrown away by the server", highlights[0].rows(), highlights[0].bytes(), copyOut);
        tell("backup: hashed, packed, written", made[0].rows(), made[0].bytes(), backup);
        tell("COPY FROM by the server, with the same indexes", highlights[0].rows(), highlights[0].bytes(), copyIn);
        tell("restore: hashed, references, read back", made[0].rows(), made[0].bytes(), restore);
    }

    private static void tell(String what, long rows, long bytes, double seconds) {
        System.out.printf(
                Locale.ROOT,
                "%-46s %6.1f s  %,9.0f rows/s  %6.1f MB/s%n",
                what,
                seconds,
                rows / seconds,
                bytes / 1e6 / seconds);
    }

    /** Rows of a kilobyte and a half, which is what a highlight has without a model: not the words that one adds. */
    private static void fill(Connection database, int rows) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute("""
                    INSERT INTO streams (organization_id, id, source_url, source_key, platform, status, is_live, allow_duplicate,
                        options, metadata, progress, workflow_id, completed_at)
                    SELECT o.id, gen_random_uuid(), 'https://media.example.com/' || n, decode(lpad(to_hex(n), 64, '0'), 'hex'),
                        'file', 'completed', false, false, '{}', '{}', '{}', 'stream/bench-' || n, now()
                    FROM (SELECT id FROM organizations LIMIT 1) o, generate_series(1, %d) n
                    """.formatted(Math.max(1, rows / A_STREAM)));
            statement.execute("""
                    INSERT INTO highlights (organization_id, id, stream_id, status, candidate, start_time, end_time, peak_time,
                        confidence_score, type, dimensions, reasons, start_edge, end_edge)
                    SELECT s.organization_id, gen_random_uuid(), s.id, 'detected', n, n * 7 + random(), n * 7 + 6, n * 7 + 3,
                        random(), 'highlight',
                        (SELECT json_object_agg('dimension_' || d, json_build_object('score', random(), 'confidence', random(),
                            'reasons', json_build_array('loudness ' || random(), 'motion ' || random()))) FROM generate_series(1, 6) d
                         WHERE n > 0),
                        jsonb_build_array(jsonb_build_object('text', 'louder than usual ' || random(), 'contribution', random())),
                        'cut', 'silence'
                    FROM streams s, generate_series(1, %d) n
                    """.formatted(A_STREAM));
            statement.execute("VACUUM ANALYZE");
        }
    }

    private static void migrate(String url, String version) {
        String[] account =
                url.substring(url.indexOf("://") + 3, url.lastIndexOf('@')).split(":", 2);
        Flyway.configure()
                .dataSource("jdbc:postgresql://" + url.substring(url.lastIndexOf('@') + 1), account[0], account[1])
                .target(version)
                .load()
                .migrate();
    }

    private static Connection connect(String url) throws SQLException {
        String[] account =
                url.substring(url.indexOf("://") + 3, url.lastIndexOf('@')).split(":", 2);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + url.substring(url.lastIndexOf('@') + 1), account[0], account[1]);
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException, SQLException;
    }

    private static double timed(Work work) throws IOException, SQLException {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / NANOS;
    }
}
