package tv.tldr.api.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.activities.store.backup.BackupCheck;
import tv.tldr.activities.store.backup.BackupPlace;
import tv.tldr.activities.store.backup.Manifest;

/** {@code tldr db verify}: whether a backup would come back whole, at any time and without a database. */
@Command(
        name = "verify",
        description = {
            "Reads a backup to the end, and holds every table and object against its hash.",
            "It needs no database and changes nothing: the program may run, here or elsewhere."
        },
        footer = {"", "Exit status: 0 all of it is whole · 1 failed, or damaged · 2 wrong usage"})
final class DbVerifyCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final Cleanup cleanup;

    @ParentCommand
    private @Nullable DbCommand database;

    @Mixin
    private BackupChoice choice = new BackupChoice();

    DbVerifyCommand(Surroundings surroundings, Cleanup cleanup) {
        this.surroundings = surroundings;
        this.cleanup = cleanup;
    }

    @Override
    public Integer call() throws IOException {
        Output output = DbCommand.output(database);
        Messages messages = output.messages(surroundings);
        try (Installation installation =
                Installation.open(surroundings, cleanup, messages, Installation.Need.SETTINGS)) {
            BackupPlace place = choice.place(installation, surroundings.folder());
            Manifest manifest = choice.manifest(place);
            List<String> damages = new BackupCheck(place, messages::say).damages(manifest);
            String whole = manifest.name() + " is whole: " + manifest.rows() + " rows and "
                    + manifest.objects().count() + " objects are as their hashes say.";
            output.print(surroundings, json(manifest, damages), damages.isEmpty() ? List.of(whole) : damages);
            return judge(place, manifest, damages, messages);
        }
    }

    static ObjectNode json(Manifest manifest, List<String> damages) {
        ObjectNode node = DbBackupCommand.json(manifest);
        ArrayNode told = node.putArray("damages");
        damages.forEach(told::add);
        return node;
    }

    /** Says what to do about damages; the exit code. */
    static int judge(BackupPlace place, Manifest manifest, List<String> damages, Messages messages) {
        if (damages.isEmpty()) {
            return ExitCode.OK;
        }
        messages.warn("The backup " + manifest.name() + " is damaged in " + damages.size()
                + (damages.size() == 1 ? " place." : " places.") + BackupSite.before(place, manifest.name()));
        return ExitCode.SOFTWARE;
    }
}
