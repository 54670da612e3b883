package tv.tldr.api.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** {@code tldr openapi}: the description that {@code /openapi.json} serves, without a server. */
@Command(
        name = "openapi",
        description =
                "Writes the API's description (OpenAPI 3.1) to stdout, as /openapi.json serves it. Starts nothing.",
        footer = {"", "Exit status: 0 done · 1 failed · 2 wrong usage"})
final class OpenApiCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Write it into this file instead; one that is there is replaced.")
    private @Nullable Path file;

    OpenApiCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        String description = description();
        if (file == null) {
            surroundings.print(List.of(description.stripTrailing()), "");
            return ExitCode.OK;
        }
        Path place = surroundings.folder().resolve(file);
        try {
            Files.writeString(place, description);
        } catch (IOException e) {
            throw new Failure("The description cannot be written to " + file + ": " + e + ".", e);
        }
        return ExitCode.OK;
    }

    private static String description() throws IOException {
        try (InputStream in = OpenApiCommand.class.getResourceAsStream("/openapi.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
