package tv.tldr.api.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.store.backup.BackupPlace;
import tv.tldr.api.temporal.EndedWorkflows;
import tv.tldr.api.temporal.EndedWorkflows.Ended;
import tv.tldr.api.temporal.HistoryReplay;

/** {@code tldr histories}: does a release decide as workflows did that a running installation had? */
@Command(
        name = "histories",
        description = "Writes down how workflows have gone, and replays that with the workflows of this program.",
        footer = {
            "",
            "PLACE is a folder, or s3://bucket/prefix, which is opened with AWS_ACCESS_KEY_ID and the others.",
            "Exit status: 0 done · 1 failed, or a history does not fit this program · 2 wrong usage"
        })
final class HistoriesCommand implements Callable<Integer> {
    private static final String S3 = "s3://";

    private final Surroundings surroundings;
    private final Cleanup cleanup;

    @Mixin
    private Output output = new Output();

    HistoriesCommand(Surroundings surroundings, Cleanup cleanup) {
        this.surroundings = surroundings;
        this.cleanup = cleanup;
    }

    @Override
    public Integer call() {
        throw output.wrong("say what to do: export or replay");
    }

    @Command(
            name = "export",
            description = {
                "Writes down the histories of workflows that have ended, one of each way that one has gone.",
                "In it is what a workflow was told, without what others were told, without traces and titles, and without all but"
                        + " the host of addresses. What TEMPORAL_PAYLOAD_KEYS has encrypted stays encrypted."
            })
    int export(
            @Option(names = "--to", required = true, paramLabel = "PLACE", description = "Where they are to lie.")
                    String to,
            @Option(
                            names = "--look",
                            paramLabel = "N",
                            defaultValue = "200",
                            description = "At so many of each type, the newest. Default: 200.")
                    int look,
            @Option(
                            names = "--most",
                            paramLabel = "N",
                            defaultValue = "25",
                            description = "So many of each type at most. Default: 25.")
                    int most)
            throws IOException {
        if (look < 1 || most < 1) {
            throw output.wrong("--look and --most: from 1");
        }
        try (Installation installation =
                Installation.open(surroundings, cleanup, output.messages(surroundings), Installation.Need.ALL)) {
            HistoryPlace place = to.startsWith(S3) ? bucket(installation, to) : folder(to);
            List<Ended> found = installation.part(EndedWorkflows.class).ofEachWay(look, most);
            ArrayNode told = JsonMapper.shared().createArrayNode();
            List<List<String>> rows = new ArrayList<>();
            for (Ended each : found) {
                place.write(each.file(), each.json());
                rows.add(List.of(each.file(), each.events() + " events"));
                told.addObject()
                        .put("file", each.file())
                        .put("type", each.type())
                        .put("ending", each.ending())
                        .put("events", each.events());
            }
            output.print(surroundings, told, rows.isEmpty() ? List.of() : Columns.aligned(rows));
            output.messages(surroundings).say("Histories written to " + to + ": " + found.size() + ".");
            return ExitCode.OK;
        }
    }

    @Command(
            name = "replay",
            description = {
                "Has the workflows of this program decide again what those histories have. Starts nothing, and asks no server.",
                "Histories of the temporal command fit, too: temporal workflow show --output json. Needs the"
                        + " TEMPORAL_PAYLOAD_KEYS that they were written with."
            })
    int replay(
            @Option(names = "--from", required = true, paramLabel = "PLACE", description = "Where they lie.")
                    String from,
            @Option(names = "--allow-empty", description = "Be content where none lies there yet.") boolean allowEmpty)
            throws IOException {
        ConsoleLog.silenceUntilConfigured();
        Map<String, String> histories = histories(from);
        if (histories.isEmpty() && !allowEmpty) {
            throw new Failure("There is no history in " + from + ".");
        }
        ArrayNode told = JsonMapper.shared().createArrayNode();
        List<List<String>> rows = new ArrayList<>();
        int misfits = 0;
        try (HistoryReplay replay = new HistoryReplay(payloadKeys())) {
            for (Map.Entry<String, String> history : histories.entrySet()) {
                Optional<String> misfit = replay.misfit(history.getValue());
                misfits += misfit.isPresent() ? 1 : 0;
                rows.add(List.of(misfit.isPresent() ? "differs" : "fits", history.getKey(), misfit.orElse("")));
                told.addObject().put("file", history.getKey()).put("misfit", misfit.orElse(null));
            }
        }
        output.print(surroundings, told, rows.isEmpty() ? List.of() : Columns.aligned(rows));
        output.messages(surroundings)
                .say("Histories that fit this program: " + (histories.size() - misfits) + " of " + histories.size()
                        + "."
                        + (misfits == 0
                                ? ""
                                : " Workflows like the others that are under way would be stuck: guard the change with"
                                        + " Workflow.getVersion."));
        return misfits == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Map<String, String> histories(String from) throws IOException {
        if (!from.startsWith(S3)) {
            return folder(from).read();
        }
        try (Installation installation =
                Installation.open(surroundings, cleanup, output.messages(surroundings), Installation.Need.DATABASE)) {
            return bucket(installation, from).read();
        }
    }

    private List<String> payloadKeys() throws IOException {
        return surroundings.settings().get("TEMPORAL_PAYLOAD_KEYS").stream()
                .flatMap(keys -> Stream.of(keys.split(",", -1)))
                .filter(key -> !key.isBlank())
                .toList();
    }

    private HistoryPlace folder(String name) {
        return new HistoryPlace.Folder(surroundings.folder().resolve(name));
    }

    private HistoryPlace bucket(Installation installation, String name) {
        BackupPlace place = BackupSite.place(installation, surroundings.folder(), name);
        if (place.prefix().isEmpty()) {
            throw new Failure(name + " is the whole bucket: histories want a prefix, s3://bucket/prefix.");
        }
        return new HistoryPlace.Bucket(
                place.store(),
                new ObjectKey(place.prefix().replaceFirst("/$", "")),
                BackupSite.temporary(installation));
    }
}
