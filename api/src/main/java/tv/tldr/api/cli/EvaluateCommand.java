package tv.tldr.api.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.workflows.stream.TimeRange;

/** {@code tldr evaluate}: how good are our highlights, measured on somebody's own labels? */
@Command(
        name = "evaluate",
        description = "Measures how well the highlights of videos fit labels that people made.",
        footer = {
            "",
            "Labels are JSON: [{\"start\": 12.5, \"end\": 31}, …], in seconds; one file a video, in the same order.",
            "HIT@1: is the first highlight a hit; HIT@K: which share of the first K is, K the number of true spans.",
            "A hit overlaps a true span, or its middle lies at most 15 s before or after one. F1±15s: over hits.",
            "F1 IoU: over pairs of a highlight and a span whose intersection over union (IoU) is 0.3 or more.",
            "F1 sec: over seconds. IoU: the best of any highlight with each true span, on average."
        })
final class EvaluateCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final Cleanup cleanup;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "VIDEO",
            description = "Videos; with --results, what analyze --json printed for them.")
    private List<String> sources = List.of();

    @Option(
            names = "--labels",
            arity = "1..*",
            paramLabel = "FILE",
            description = "The labels of each video (VIDEO with the ending .labels.json).")
    private List<Path> labels = List.of();

    @Option(names = "--results", description = "Analyse nothing: read results instead of videos.")
    private boolean results;

    @Mixin
    private AnalysisOptions options = new AnalysisOptions();

    @Mixin
    private Access access = new Access();

    @Option(names = "--json", description = "One JSON object on stdout instead of the table.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress.")
    private boolean quiet;

    EvaluateCommand(Surroundings surroundings, Cleanup cleanup) {
        this.surroundings = surroundings;
        this.cleanup = cleanup;
    }

    @Override
    public Integer call() throws IOException {
        if (!labels.isEmpty() && labels.size() != sources.size()) {
            CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
            throw new CommandLine.ParameterException(
                    line, "there are " + sources.size() + " videos and " + labels.size() + " files of labels");
        }
        // All labels are read before the first video, which may take long.
        List<List<TimeRange>> truth = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            truth.add(LabelFile.read(labels.isEmpty() ? LabelFile.beside(path(sources.get(i))) : labelPath(i)));
        }
        Messages messages = new Messages(surroundings.err(), quiet);
        Analysis analysis =
                new Analysis(surroundings, cleanup, messages, access.workingSession(surroundings, cleanup, messages));
        List<EvaluatedVideo> videos = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            JsonNode result = results ? read(path(sources.get(i))) : analysed(analysis, sources.get(i), messages);
            videos.add(EvaluatedVideo.of(sources.get(i), result, truth.get(i)));
        }
        surroundings.print(
                json ? List.of(EvaluatedVideo.json(videos).toPrettyString()) : EvaluatedVideo.table(videos), "");
        return CommandLine.ExitCode.OK;
    }

    private JsonNode analysed(Analysis analysis, String source, Messages messages) throws IOException {
        messages.say(source);
        AnalysisRequest request = AnalysisRequest.of(source, surroundings.folder(), options.json());
        JsonNode stream = analysis.run(request);
        List<String> faults = Analysis.faults(stream);
        if (!faults.isEmpty()) {
            throw new Failure(source + ": " + String.join(System.lineSeparator(), faults));
        }
        ObjectNode result = JsonMapper.shared().createObjectNode();
        result.set("stream", stream);
        result.putArray("highlights")
                .addAll(analysis.highlights(stream.path("id").asString("")));
        return result;
    }

    private JsonNode read(Path file) throws IOException {
        try {
            return JsonMapper.shared().readTree(Files.readString(file));
        } catch (JacksonException e) {
            throw new Failure(file + " is not what analyze --json prints: " + e.getMessage(), e);
        }
    }

    private Path labelPath(int index) {
        return surroundings.folder().resolve(labels.get(index));
    }

    private Path path(String source) {
        return surroundings.folder().resolve(source);
    }
}
