package tv.tldr.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import tv.tldr.workflows.signal.Signals;

/** What are the signals of these files? Writes {@code NAME.json} for each into a folder, for the fitting script. */
public final class SignalDump {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SignalDump() {}

    /** @param arguments {@code [--thorough] FOLDER FILE…} */
    public static void main(String[] arguments) throws IOException {
        boolean thorough = Arrays.asList(arguments).contains("--thorough");
        List<Path> paths = Arrays.stream(arguments)
                .filter(argument -> !argument.startsWith("--"))
                .map(Path::of)
                .toList();
        if (paths.size() < 2) {
            System.err.println("usage: SignalDump [--thorough] FOLDER FILE…");
            System.exit(2);
        }
        Laboratory laboratory = new Laboratory();
        Files.createDirectories(paths.getFirst());
        for (Path file : paths.subList(1, paths.size())) {
            String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
            Path target = paths.getFirst().resolve(name + ".json");
            JSON.writeValue(target.toFile(), json(laboratory.whole(file, thorough)));
            System.out.println(target);
        }
    }

    private static ObjectNode json(Signals signals) {
        ObjectNode json = JSON.createObjectNode();
        json.put("first_second", signals.firstSecond());
        json.put("seconds", signals.seconds());
        ObjectNode curves = json.putObject("curves");
        signals.curves().forEach((kind, values) -> curve(curves.putArray(kind.wire()), values));
        ArrayNode cuts = json.putArray("cuts");
        signals.cuts().forEach(cuts::add);
        ArrayNode pauses = json.putArray("pauses");
        signals.pauses().forEach(pause -> pauses.addArray().add(pause.start()).add(pause.end()));
        return json;
    }

    /** A second without a value is {@code null}: JSON knows no other. */
    private static void curve(ArrayNode array, float[] values) {
        for (float value : values) {
            if (Float.isNaN(value)) {
                array.addNull();
            } else {
                array.add(value);
            }
        }
    }
}
