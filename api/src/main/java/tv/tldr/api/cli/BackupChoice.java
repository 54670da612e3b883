package tv.tldr.api.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tv.tldr.activities.store.backup.BackupPlace;
import tv.tldr.activities.store.backup.DamagedBackupException;
import tv.tldr.activities.store.backup.Manifest;

/** Which backup is meant? */
final class BackupChoice {
    @Option(names = "--from", required = true, paramLabel = "PLACE", description = "A folder, or s3://bucket/prefix.")
    private String from = "";

    @Option(names = "--at", paramLabel = "NAME", description = "Which backup. Default: the newest.")
    private @Nullable String at;

    /** @param folder that a relative place is in */
    BackupPlace place(Installation installation, Path folder) {
        return BackupSite.place(installation, folder, from);
    }

    /** What the one says of itself that is meant. */
    Manifest manifest(BackupPlace place) {
        List<String> names = place.names();
        if (names.isEmpty()) {
            throw new Failure("There is no whole backup in " + from + ".");
        }
        if (at != null && !names.contains(at)) {
            throw new Failure(
                    "There is no backup " + at + " in " + from + "; there are " + String.join(", ", names) + ".");
        }
        String name = at == null ? names.getLast() : at;
        try {
            return place.manifest(name);
        } catch (DamagedBackupException damaged) {
            throw new Failure(damaged.getMessage() + BackupSite.before(place, name), damaged);
        }
    }
}
