package tv.tldr.api.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A command as a person types it, in a folder where an instance may already run: what was printed and how it ended. */
record Typed(int exitCode, String out, String err) {
    static Typed in(Path folder, String... arguments) {
        return with(Map.of(), folder, arguments);
    }

    /** With these variables in its environment. */
    static Typed with(Map<String, String> environment, Path folder, String... arguments) {
        return into(new StringWriter(), environment, folder, arguments);
    }

    /** With stdout on a disk that has no room left. */
    static Typed withFullOut(Path folder, String... arguments) {
        Writer full = new OutputStreamWriter(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("no space left on device");
                    }
                },
                StandardCharsets.UTF_8);
        return into(full, Map.of(), folder, arguments);
    }

    private static Typed into(Writer out, Map<String, String> environment, Path folder, String... arguments) {
        StringWriter err = new StringWriter();
        Surroundings surroundings =
                new Surroundings(new PrintWriter(out, true), new PrintWriter(err, true), environment, folder, false, 0);
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
