package tv.tldr.api.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A command as a person types it, in a folder where an instance may already run: what was printed and how it ended. */
record Typed(int exitCode, String out, String err) {
    static Typed in(Path folder, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Surroundings surroundings =
                new Surroundings(new PrintWriter(out, true), new PrintWriter(err, true), Map.of(), folder, false, 0);
        int code = Main.commandLine(surroundings, new Cleanup()).execute(arguments);
        return new Typed(code, out.toString(), err.toString());
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(out);
    }

    List<JsonNode> highlights() {
        return StreamSupport.stream(json().path("highlights").spliterator(), false)
                .toList();
    }
}
