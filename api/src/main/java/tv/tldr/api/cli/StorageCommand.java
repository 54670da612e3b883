package tv.tldr.api.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.store.OrphanedObjects;
import tv.tldr.activities.store.OthersObjectsException;
import tv.tldr.activities.store.RemovedObjects;
import tv.tldr.activities.store.StoreMark;
import tv.tldr.activities.store.backup.BackupPlace;
import tv.tldr.activities.store.backup.Inventory;
import tv.tldr.activities.store.backup.Inventory.Fault;
import tv.tldr.activities.store.backup.Inventory.Finding;

/** {@code tldr storage}: the objects, held against the rows. */
@Command(
        name = "storage",
        description =
                "Holds recordings and clips against the database, fetches what is missing, and sweeps what is left over.",
        footer = {
            "",
            "AWS_S3_BUCKET or OBJECT_DIR says where they are.",
            "Exit status: 0 done · 1 failed, or something is missing or damaged · 2 wrong usage"
        })
final class StorageCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final Cleanup cleanup;

    @Mixin
    private Output output = new Output();

    StorageCommand(Surroundings surroundings, Cleanup cleanup) {
        this.surroundings = surroundings;
        this.cleanup = cleanup;
    }

    @Override
    public Integer call() {
        throw output.wrong("say what to do: verify, sync or sweep");
    }

    @Command(
            name = "verify",
            description = "Tells what rows name and is missing or another thing, and what no row names.")
    int verify(
            @Option(
                            names = "--deep",
                            description = "Read every object, instead of believing the hash that is kept of it.")
                    boolean deep)
            throws IOException, SQLException {
        try (Installation installation = installation()) {
            List<Finding> findings = Collections.synchronizedList(new ArrayList<>());
            Inventory.Totals totals = inventory(installation).check(deep, findings::add);
            print(findings);
            long wrong = findings.stream().filter(StorageCommand::isWrong).count();
            output.messages(surroundings)
                    .say(totals.named() + " objects are named by rows, " + BackupSite.megabytes(totals.bytes()) + "; "
                            + (wrong == 0 ? "all are there" : wrong + " are missing or damaged") + ", "
                            + (findings.size() - wrong) + " are named by none.");
            return wrong == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    @Command(
            name = "sync",
            description = {
                "Fetches what rows name and is missing or damaged here from another place.",
                "To move to a bucket: set AWS_S3_BUCKET, and fetch all from the folder of before."
            })
    int sync(
            @Option(
                            names = "--from",
                            required = true,
                            paramLabel = "PLACE",
                            description = "A folder or s3://bucket/prefix: another store, or one of backups.")
                    String from,
            @Option(names = "--deep", description = "Read every object here first.") boolean deep,
            @Option(
                            names = {"-n", "--dry-run"},
                            description = "Only tell which.")
                    boolean dryRun)
            throws IOException, SQLException {
        try (Installation installation = installation()) {
            BackupPlace place = BackupSite.place(installation, surroundings.folder(), from);
            Inventory inventory = inventory(installation);
            List<Finding> wanted = Collections.synchronizedList(new ArrayList<>());
            inventory.check(deep, finding -> {
                if (isWrong(finding)) {
                    wanted.add(finding);
                }
            });
            List<Finding> left = dryRun
                    ? List.copyOf(wanted)
                    : wanted.stream()
                            .filter(finding -> !inventory.fetch(place, finding.object()))
                            .toList();
            print(left);
            output.messages(surroundings)
                    .say((wanted.size() - left.size()) + " fetched, " + left.size()
                            + (dryRun ? " would be looked for." : " are not in " + from + " either."));
            return dryRun || left.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    @Command(
            name = "sweep",
            description = {
                "Removes now what the program removes by itself: what was deleted with its row and is still there, objects of"
                        + " streams without a row, and what was begun a day ago and never became an object.",
                "Refused where the objects bear the mark of another database, or none and most have no row."
            })
    int sweep(
            @Option(names = "--yes", description = "Without being asked.") boolean yes,
            @Option(
                            names = {"-n", "--dry-run"},
                            description = "Only tell which streams have objects and no row.")
                    boolean dryRun,
            @Option(names = "--take-over", description = "The objects are this database's, whatever mark they bear.")
                    boolean takeOver)
            throws IOException {
        try (Installation installation = installation()) {
            OrphanedObjects orphans = installation.part(OrphanedObjects.class);
            if (dryRun) {
                List<String> folders = leftOver(orphans);
                output.print(surroundings, JsonMapper.shared().valueToTree(folders), folders);
                output.messages(surroundings)
                        .say(folders.size() + " streams without a row have objects; nothing was removed.");
                return ExitCode.OK;
            }
            if (!yes) {
                Confirmation.require(
                        false,
                        "Objects that belong to no stream any more are removed, of "
                                + leftOver(orphans).size() + " streams.");
            }
            if (takeOver) {
                installation.part(StoreMark.class).take().block();
            }
            return sweep(installation, orphans);
        } catch (OthersObjectsException others) {
            throw new Failure(String.valueOf(others.getMessage()));
        }
    }

    private static List<String> leftOver(OrphanedObjects orphans) {
        return orphans.leftOver()
                .map(stream -> ObjectKeys.stream(stream).value())
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    private int sweep(Installation installation, OrphanedObjects orphans) {
        long orphaned = Objects.requireNonNullElse(orphans.sweep().block(), 0L);
        long removed = Objects.requireNonNullElse(
                installation.part(RemovedObjects.class).sweep().block(), 0L);
        ObjectNode told =
                JsonMapper.shared().createObjectNode().put("deleted", removed).put("left_over", orphaned);
        output.print(
                surroundings,
                told,
                List.of("Folders of what was deleted: " + removed + ", left over by what is gone: " + orphaned));
        return ExitCode.OK;
    }

    private static boolean isWrong(Finding finding) {
        return finding.fault() != Fault.UNNAMED;
    }

    private void print(List<Finding> findings) {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        List<List<String>> rows = new ArrayList<>();
        for (Finding finding : findings) {
            String fault = finding.fault().name().toLowerCase(Locale.ROOT);
            rows.add(List.of(fault, finding.object().key()));
            array.addObject()
                    .put("fault", fault)
                    .put("key", finding.object().key())
                    .put("size", finding.object().size());
        }
        output.print(surroundings, array, rows.isEmpty() ? List.of() : Columns.aligned(rows));
    }

    private static Inventory inventory(Installation installation) {
        Path scratch = BackupSite.temporary(installation);
        return new Inventory(BackupSite.connect(installation), installation.part(ObjectStore.class), scratch);
    }

    private Installation installation() throws IOException {
        return Installation.open(surroundings, cleanup, output.messages(surroundings), Installation.Need.DATABASE);
    }
}
