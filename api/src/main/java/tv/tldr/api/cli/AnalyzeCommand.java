package tv.tldr.api.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code tldr analyze}: one video in, its highlights out. */
@Command(
        name = "analyze",
        description = "Finds the highlights of one video and cuts them into clips.",
        footer = {
            "",
            "Ctrl-C stops the analysis and leaves nothing behind. After a crash, the same command goes on where it was.",
            "What somebody else submitted to a running serve is joined, and goes on after Ctrl-C.",
            "A file that was cut off is done as far as it goes, and that is said.",
            "Exit status: 0 done, with or without highlights · 1 failed · 2 wrong usage · 130 ended by Ctrl-C"
        })
final class AnalyzeCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final Cleanup cleanup;

    @Parameters(paramLabel = "FILE|URL", description = "A video or audio file, or an http(s) URL of one.")
    private String source = "";

    @Mixin
    private AnalysisOptions options = new AnalysisOptions();

    @Mixin
    private Access access = new Access();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "Where clips and thumbnails go (highlights/NAME).")
    private @Nullable Path out;

    @Option(names = "--json", description = "One JSON object on stdout instead of the table.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress.")
    private boolean quiet;

    AnalyzeCommand(Surroundings surroundings, Cleanup cleanup) {
        this.surroundings = surroundings;
        this.cleanup = cleanup;
    }

    @Override
    public Integer call() throws IOException {
        Messages messages = new Messages(surroundings.err(), quiet);
        AnalysisRequest request = AnalysisRequest.of(source, surroundings.folder(), options.json());
        OutputFolder.requireUsable(folder(request), request.sourceUrl());
        Analysis analysis =
                new Analysis(surroundings, cleanup, messages, access.workingSession(surroundings, cleanup, messages));
        JsonNode stream = analysis.run(request);
        List<String> faults = Analysis.faults(stream);
        if (faults.isEmpty()) {
            Analysis.warnings(stream).forEach(messages::warn);
            deliver(analysis, stream, folder(request), messages);
            return ExitCode.OK;
        }
        if (json) {
            print(new AnalysisResult(stream, List.of(), analysis.rejected(id(stream))));
        }
        throw new Failure(String.join(System.lineSeparator(), faults));
    }

    private void deliver(Analysis analysis, JsonNode stream, Path folder, Messages messages) throws IOException {
        AnalysisResult result;
        try (OutputFolder output = new OutputFolder(folder);
                Cleanup.Interruptible _ = cleanup.whenInterrupted(output::close)) {
            List<SavedHighlight> saved = analysis.fetch(id(stream), output);
            result = new AnalysisResult(stream, saved, analysis.rejected(id(stream)));
            if (saved.isEmpty()) {
                output.removeEarlier();
            } else {
                output.publish(result);
            }
        }
        print(result);
        if (!result.highlights().isEmpty()) {
            messages.say(counted(result.highlights().size(), "highlight", "highlights") + " in " + folder + "; "
                    + counted(result.rejected().size(), "other moment was", "other moments were") + " considered.");
        }
    }

    private static String counted(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    private Path folder(AnalysisRequest request) {
        Path wanted = out == null ? Path.of("highlights", request.name()) : out;
        return surroundings.folder().resolve(wanted).normalize();
    }

    private static String id(JsonNode stream) {
        return stream.path("id").asString("");
    }

    private void print(AnalysisResult result) {
        List<String> lines = json
                ? List.of(result.json().toPrettyString())
                : HighlightTable.lines(result, surroundings.folder(), surroundings.width());
        surroundings.print(lines, "Clips that were cut are kept.");
    }
}
