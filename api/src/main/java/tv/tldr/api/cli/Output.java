package tv.tldr.api.cli;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** How does a command with several actions talk? Data on stdout, as text or as JSON; messages on stderr. */
final class Output {
    @Option(names = "--json", scope = ScopeType.INHERIT, description = "JSON on stdout instead of text.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "No messages.")
    private boolean quiet;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    void print(Surroundings surroundings, JsonNode node, List<String> text) {
        surroundings.print(json ? List.of(node.toPrettyString()) : text, "");
    }

    Messages messages(Surroundings surroundings) {
        return new Messages(surroundings.err(), quiet);
    }

    /** A time that somebody typed, such as {@code 30s} or {@code 90d}. */
    Duration time(String option, String text) {
        try {
            return DurationStyle.detectAndParse(text);
        } catch (IllegalArgumentException e) {
            throw wrong(option + ": " + text + " is not a time, such as 30s, 10m or 90d");
        }
    }

    /** Wrong usage: the command line says too little, or something that there is not. */
    CommandLine.ParameterException wrong(String what) {
        return new CommandLine.ParameterException(
                Objects.requireNonNull(spec, "part of no command").commandLine(), what);
    }
}
