package tv.tldr.api.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code tldr reanalyze}: what was measured, scored with other options. */
@Command(
        name = "reanalyze",
        description = "Scores what was measured of a stream with other options, and says what that changes.",
        footer = {
            "",
            "STREAM is an id (stream_…), as serve and analyze --json tell it. Options that are left out stay as they are.",
            "Highlights that are chosen again keep their ids. A dry run asks no AI: it knows what was answered before.",
            "Ctrl-C does not stop it: it goes on at the next start.",
            "Exit status: 0 done, with or without highlights · 1 failed · 2 wrong usage · 130 ended by Ctrl-C"
        })
final class ReanalyzeCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final Cleanup cleanup;

    @Parameters(paramLabel = "STREAM", description = "The stream.")
    private String stream = "";

    @Mixin
    private AnalysisOptions options = new AnalysisOptions();

    @Mixin
    private Access access = new Access();

    @Option(
            names = {"-n", "--dry-run"},
            description = "Say what would change, and change nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "JSON on stdout instead of the table: the preview, or what has changed.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress.")
    private boolean quiet;

    ReanalyzeCommand(Surroundings surroundings, Cleanup cleanup) {
        this.surroundings = surroundings;
        this.cleanup = cleanup;
    }

    @Override
    public Integer call() throws IOException {
        Messages messages = new Messages(surroundings.err(), quiet);
        Analysis analysis =
                new Analysis(surroundings, cleanup, messages, access.session(surroundings, cleanup, messages));
        ObjectNode wanted = options.json();
        if (dryRun) {
            print(analysis.preview(stream, wanted), "");
            return ExitCode.OK;
        }
        List<JsonNode> before = analysis.highlights(stream);
        JsonNode ended = analysis.again(stream, wanted);
        List<String> faults = Analysis.faults(ended);
        if (!faults.isEmpty()) {
            throw new Failure(String.join(System.lineSeparator(), faults));
        }
        Analysis.warnings(ended).forEach(messages::warn);
        print(made(analysis, before, ended), "The stream is analysed with the new options.");
        return ExitCode.OK;
    }

    /** What the analysis has really changed, in the form of a preview. */
    private ObjectNode made(Analysis analysis, List<JsonNode> before, JsonNode ended) throws IOException {
        List<JsonNode> after = analysis.highlights(stream);
        ObjectNode made = JsonMapper.shared().createObjectNode();
        made.put("stream_id", stream);
        for (String field : List.of("options", "scored_with", "empty_reason")) {
            made.set(field, ended.path(field));
        }
        made.putArray("highlights").addAll(after);
        made.set("difference", HighlightDifference.json(before, after, analysis.rejected(stream)));
        return made;
    }

    private void print(JsonNode difference, String kept) {
        surroundings.print(json ? List.of(difference.toPrettyString()) : DifferenceTable.lines(difference), kept);
    }
}
