package tv.tldr.api.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.store.backup.Backup;
import tv.tldr.activities.store.backup.BackupPlace;
import tv.tldr.activities.store.backup.Manifest;

/** {@code tldr db backup}: the rows of one moment, and the objects that they name. */
@Command(
        name = "backup",
        description = {
            "Copies the rows of one moment and the objects that they name into a folder or a bucket.",
            "Nothing has to be stopped. Objects that an earlier backup in the same place has are not copied again; one that broke"
                    + " off is begun again with the same command.",
            "It does not hold SECRET_KEY, without which keys and webhooks of the backup are of no use: keep that elsewhere."
        },
        footer = {"", "Exit status: 0 done · 1 failed, or objects are missing that rows name · 2 wrong usage"})
final class DbBackupCommand implements Callable<Integer> {
    private static final int MOST_TOLD = 10;
    private static final double NANOS = 1e9;

    private final Surroundings surroundings;
    private final Cleanup cleanup;

    @ParentCommand
    private @Nullable DbCommand database;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "PLACE",
            description = "A folder, or s3://bucket/prefix, which is opened with AWS_ACCESS_KEY_ID and the others.")
    private String to = "";

    DbBackupCommand(Surroundings surroundings, Cleanup cleanup) {
        this.surroundings = surroundings;
        this.cleanup = cleanup;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        Output output = DbCommand.output(database);
        Messages messages = output.messages(surroundings);
        try (Installation installation =
                Installation.open(surroundings, cleanup, messages, Installation.Need.DATABASE)) {
            BackupPlace place = BackupSite.place(installation, surroundings.folder(), to);
            Path scratch = BackupSite.scratch(installation, surroundings.folder(), to);
            Connection connection = BackupSite.connect(installation);
            ObjectStore objects = installation.part(ObjectStore.class);
            long start = System.nanoTime();
            Manifest manifest = new Backup(connection, objects, place, scratch, messages::say)
                    .make(Clock.systemUTC().instant(), TldrCommand.version(), BackupSite.mark(installation));
            double seconds = (System.nanoTime() - start) / NANOS;
            output.print(surroundings, json(manifest).put("seconds", seconds), text(manifest, seconds));
            List<String> missing = manifest.objects().missing();
            missing.stream().limit(MOST_TOLD).forEach(key -> messages.warn("There is no object " + key + "."));
            if (!missing.isEmpty()) {
                messages.warn(missing.size() + " objects that rows name are not in the store, and so not in the backup:"
                        + " tldr storage verify tells which.");
            }
            return missing.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private List<String> text(Manifest manifest, double seconds) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Backup", manifest.name() + " in " + to));
        rows.add(List.of("Schema", "V" + manifest.schemaVersion()));
        rows.add(List.of("Rows", manifest.rows() + ", " + BackupSite.megabytes(manifest.bytes())));
        rows.add(List.of(
                "Objects",
                manifest.objects().count() + ", "
                        + BackupSite.megabytes(manifest.objects().bytes())));
        rows.add(List.of("Time", String.format(Locale.ROOT, "%.1f s", seconds)));
        return Columns.aligned(rows);
    }

    static ObjectNode json(Manifest manifest) {
        ObjectNode node = JsonMapper.shared()
                .createObjectNode()
                .put("name", manifest.name())
                .put("created_at", manifest.createdAt())
                .put("schema_version", manifest.schemaVersion())
                .put("rows", manifest.rows())
                .put("row_bytes", manifest.bytes())
                .put("objects", manifest.objects().count())
                .put("object_bytes", manifest.objects().bytes());
        var missing = node.putArray("missing_objects");
        manifest.objects().missing().forEach(missing::add);
        return node;
    }
}
