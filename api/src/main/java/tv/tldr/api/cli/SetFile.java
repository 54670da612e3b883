package tv.tldr.api.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Which dimension set did somebody write down? One JSON object; what is in it, the API judges. */
final class SetFile {
    private SetFile() {}

    static ObjectNode read(Path file) throws IOException {
        try {
            JsonNode node = JsonMapper.shared().readTree(Files.readString(file));
            if (!node.isObject()) {
                throw new Failure(file + " must hold one JSON object, as tldr dimensions export prints it.");
            }
            return node.asObject();
        } catch (NoSuchFileException e) {
            throw new Failure("There is no file " + file + ".", e);
        } catch (JacksonException e) {
            throw new Failure(
                    file + " is not JSON: " + e.getOriginalMessage() + " (line "
                            + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")",
                    e);
        }
    }
}
