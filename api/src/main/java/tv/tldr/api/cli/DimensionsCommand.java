package tv.tldr.api.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code tldr dimensions}: what moments are scored along, as files. */
@Command(
        name = "dimensions",
        description = "Lists, saves, checks and exports dimension sets: what moments are scored along.",
        footer = {
            "",
            "A FILE holds one set as JSON; export prints one to start from. ID is a preset or the id of a set of yours.",
            "Exit status: 0 done · 1 failed, or validate found faults · 2 wrong usage, or the set was refused"
        })
final class DimensionsCommand implements Callable<Integer> {
    private static final String SETS = "/api/v1/dimension-sets";

    /** What an answer tells about a set and no file needs. */
    private static final List<String> OF_THE_SERVER = List.of("id", "version", "preset", "created_at");

    private final Surroundings surroundings;
    private final Cleanup cleanup;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Access access = new Access();

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "JSON on stdout instead of text.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "No messages.")
    private boolean quiet;

    DimensionsCommand(Surroundings surroundings, Cleanup cleanup) {
        this.surroundings = surroundings;
        this.cleanup = cleanup;
    }

    @Override
    public Integer call() {
        CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
        throw new CommandLine.ParameterException(
                line, "say what to do: list, show, create, update, delete, validate, preview or export");
    }

    @Command(name = "list", description = "All sets: the presets, then yours.")
    int list() throws IOException {
        List<JsonNode> sets = session().ask(client -> client.list(SETS));
        ArrayNode array = JsonMapper.shared().createArrayNode().addAll(sets);
        print(array, DimensionTable.list(sets));
        return ExitCode.OK;
    }

    @Command(name = "show", description = "One set: its dimensions, how they are scored, and its highlight types.")
    int show(@Parameters(paramLabel = "ID") String id) throws IOException {
        JsonNode set = session().ask(client -> client.get(path(id)));
        print(set, DimensionTable.one(set));
        return ExitCode.OK;
    }

    @Command(name = "export", description = "One set as JSON, as create and update take it.")
    int export(@Parameters(paramLabel = "ID") String id) throws IOException {
        JsonNode set = session().ask(client -> client.get(path(id)));
        surroundings.print(List.of(set.asObject().without(OF_THE_SERVER).toPrettyString()), "");
        return ExitCode.OK;
    }

    @Command(name = "create", description = "Saves a new set.")
    int create(@Parameters(paramLabel = "FILE") Path file) throws IOException {
        ObjectNode body = read(file);
        saved(session().ask(client -> client.post(SETS, body)));
        return ExitCode.OK;
    }

    @Command(
            name = "update",
            description = "Saves a new version of a set. What is under way keeps the version that it began with.")
    int update(@Parameters(paramLabel = "ID") String id, @Parameters(paramLabel = "FILE") Path file)
            throws IOException {
        ObjectNode body = read(file);
        saved(session().ask(client -> client.put(path(id), body)));
        return ExitCode.OK;
    }

    @Command(name = "delete", description = "Deletes a set. What was scored with it stays.")
    int delete(@Parameters(paramLabel = "ID") String id) throws IOException {
        session().ask(client -> client.delete(path(id)));
        messages().say(id + " is deleted.");
        return ExitCode.OK;
    }

    @Command(name = "validate", description = "Tells every fault of a file, and saves nothing.")
    int validate(
            @Parameters(paramLabel = "FILE") Path file,
            @Option(
                            names = "--strategy",
                            paramLabel = "WORD",
                            description = "Who is to score with it: rule_based, hybrid or ai_only.")
                    @Nullable
                    String strategy)
            throws IOException {
        ObjectNode body = read(file);
        String query = strategy == null ? "" : "?strategy=" + URLEncoder.encode(strategy, StandardCharsets.UTF_8);
        JsonNode answer = session().ask(client -> client.post(SETS + "/validate" + query, body));
        print(answer, DimensionTable.faults(answer));
        return answer.path("valid").asBoolean(false) ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    @Command(name = "preview", description = "Scores what was measured of a stream with a file, and saves nothing.")
    int preview(
            @Parameters(paramLabel = "FILE") Path file,
            @Option(names = "--stream", required = true, paramLabel = "STREAM", description = "Which one (stream_…).")
                    String stream)
            throws IOException {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.put("stream_id", stream);
        body.set("dimension_set", read(file));
        JsonNode preview = session().ask(client -> client.post(SETS + "/preview", body));
        print(preview, DifferenceTable.lines(preview));
        return ExitCode.OK;
    }

    private void saved(JsonNode set) {
        String id = set.path("id").asString("");
        int version = set.path("version").asInt(0);
        surroundings.print(
                List.of(json ? set.toPrettyString() : id), "The set is saved: " + id + ", version " + version + ".");
        if (!json) {
            messages().say("Saved as version " + version + ".");
        }
    }

    private ObjectNode read(Path file) throws IOException {
        return SetFile.read(surroundings.folder().resolve(file));
    }

    private ApiSession session() throws IOException {
        return access.session(surroundings, cleanup, messages());
    }

    private Messages messages() {
        return new Messages(surroundings.err(), quiet);
    }

    private void print(JsonNode node, List<String> text) {
        surroundings.print(json ? List.of(node.toPrettyString()) : text, "");
    }

    private static String path(String id) {
        return SETS + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }
}
