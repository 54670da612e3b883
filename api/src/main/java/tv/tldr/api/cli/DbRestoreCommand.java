package tv.tldr.api.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.activities.media.MediaProperties;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.storage.S3Properties;
import tv.tldr.activities.store.StoreMark;
import tv.tldr.activities.store.backup.BackupCheck;
import tv.tldr.activities.store.backup.BackupPlace;
import tv.tldr.activities.store.backup.DamagedBackupException;
import tv.tldr.activities.store.backup.Manifest;
import tv.tldr.activities.store.backup.Restore;
import tv.tldr.api.JdbcUrl;

/** {@code tldr db restore}: a backup becomes an installation again. */
@Command(
        name = "restore",
        description = {
            "Puts a backup into an empty database and an empty store, and holds every table and object against its hash.",
            "Whatever would be lost is lost only when the backup was read to the end and is whole, in the same transaction in which"
                    + " its rows appear. One that broke off is begun again with the same command. Streams that were under way go on"
                    + " when the program is started."
        },
        footer = {"", "Exit status: 0 done · 1 failed, refused, or damaged · 2 wrong usage"})
final class DbRestoreCommand implements Callable<Integer> {
    private static final double NANOS = 1e9;

    private final Surroundings surroundings;
    private final Cleanup cleanup;

    @ParentCommand
    private @Nullable DbCommand database;

    @Mixin
    private BackupChoice choice = new BackupChoice();

    @Option(
            names = "--force",
            description = "Even if rows or objects are there, which are lost, or SECRET_KEY is another one.")
    private boolean force;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Read all of it, as db verify does, and only tell whether it could be done.")
    private boolean dryRun;

    @Option(names = "--yes", description = "With --force: without being asked.")
    private boolean yes;

    DbRestoreCommand(Surroundings surroundings, Cleanup cleanup) {
        this.surroundings = surroundings;
        this.cleanup = cleanup;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        Output output = DbCommand.output(database);
        Messages messages = output.messages(surroundings);
        try (Installation installation =
                Installation.open(surroundings, cleanup, messages, Installation.Need.DATABASE)) {
            if (installation.isRunning()) {
                throw new Failure("TL;DR runs on " + surroundings.home().folder() + ": end it first.");
            }
            BackupPlace place = choice.place(installation, surroundings.folder());
            Manifest manifest = choice.manifest(place);
            refuseUnknown(installation, manifest);
            Connection connection = BackupSite.connect(installation);
            Restore restore = new Restore(
                    connection, installation.part(ObjectStore.class), place, scratch(installation), messages::say);
            try {
                return dryRun
                        ? tell(restore, place, manifest, output, messages)
                        : restore(installation, restore, manifest, output, messages);
            } catch (DamagedBackupException damaged) {
                throw new Failure(damaged.getMessage() + BackupSite.before(place, manifest.name()), damaged);
            }
        }
    }

    private int tell(Restore restore, BackupPlace place, Manifest manifest, Output output, Messages messages)
            throws IOException, SQLException {
        refuseFilled(restore, manifest);
        List<String> damages = new BackupCheck(place, messages::say).damages(manifest);
        ObjectNode told = DbVerifyCommand.json(manifest, damages).put("dry_run", true);
        messages.say("Nothing was restored.");
        output.print(
                surroundings,
                told,
                damages.isEmpty()
                        ? List.of(manifest.name() + " can be restored: all of it is as its hashes say.")
                        : damages);
        return DbVerifyCommand.judge(place, manifest, damages, messages);
    }

    private int restore(Installation installation, Restore restore, Manifest manifest, Output output, Messages messages)
            throws IOException, SQLException {
        boolean rows = refuseFilled(restore, manifest);
        restore.requireTables(manifest);
        if (rows) {
            restore.requireObjects(manifest);
            Confirmation.require(yes, "All rows of this database are lost, and objects with the keys of the backup.");
        }
        boolean remade = rows || !restore.schemaVersion().equals(manifest.schemaVersion());
        long start = System.nanoTime();
        restore.objects(manifest);
        restore.rows(manifest, transaction -> {
            if (remade) {
                tables(transaction, manifest);
            }
        });
        JdbcUrl.of(installation.databaseUrl()).flyway().load().migrate();
        installation.part(StoreMark.class).take().block();
        double seconds = (System.nanoTime() - start) / NANOS;
        output.print(
                surroundings,
                DbBackupCommand.json(manifest).put("dry_run", false).put("seconds", seconds),
                List.of("Restored " + manifest.name() + ": " + manifest.rows() + " rows and "
                        + manifest.objects().count() + " objects in "
                        + String.format(Locale.ROOT, "%.1f s", seconds)
                        + ", every hash fits."));
        messages.say("Start the program: streams that were under way go on.");
        return ExitCode.OK;
    }

    private void refuseUnknown(Installation installation, Manifest manifest) {
        MigrationVersion version = MigrationVersion.fromVersion(manifest.schemaVersion());
        boolean known = Arrays.stream(JdbcUrl.of(installation.databaseUrl())
                        .flyway()
                        .load()
                        .info()
                        .all())
                .anyMatch(migration -> version.equals(migration.getVersion())
                        && !migration.getState().name().startsWith("FUTURE"));
        if (!known) {
            throw new Failure("The backup was made by a newer version: " + manifest.program() + ", with V"
                    + manifest.schemaVersion() + ". Restore it with that one.");
        }
        if (!force && !manifest.secretMark().equals(BackupSite.mark(installation))) {
            throw new Failure(
                    "SECRET_KEY is another one than when the backup was made: no API key and no secret of a webhook"
                            + " would be good any more. Set the one of then (in the embedded default it is the file secret-key), or"
                            + " say --force.");
        }
    }

    /** Whether there is anything that is lost, which is refused without {@code --force}. */
    private boolean refuseFilled(Restore restore, Manifest manifest) throws IOException, SQLException {
        if (restore.others() > 0) {
            throw new Failure("Others are connected to this database: end the processes of TL;DR first.");
        }
        boolean rows = restore.hasRows();
        if (rows && !force) {
            throw new Failure(
                    "The database is not empty. Restore into an empty one, or say --force: its rows are lost then.");
        }
        List<String> strangers = restore.strangers(manifest);
        if (!strangers.isEmpty() && !force) {
            throw new Failure(
                    "The store is not empty: it has " + strangers.getFirst()
                            + ", for instance. Restore into an empty one, or say --force: what is of no stream is swept later.");
        }
        return rows;
    }

    /** As they were when the backup was made; what is newer is migrated to afterwards. */
    private static void tables(DataSource transaction, Manifest manifest) {
        FluentConfiguration flyway = Flyway.configure().dataSource(transaction);
        flyway.cleanDisabled(false).load().clean();
        flyway.target(manifest.schemaVersion()).load().migrate();
    }

    private Path scratch(Installation installation) {
        return installation.part(S3Properties.class).isUsed()
                ? BackupSite.scratch(installation, surroundings.folder(), "s3://")
                : BackupSite.scratch(
                        installation,
                        surroundings.folder(),
                        installation
                                .part(MediaProperties.class)
                                .objectFolder()
                                .toAbsolutePath()
                                .toString());
    }
}
