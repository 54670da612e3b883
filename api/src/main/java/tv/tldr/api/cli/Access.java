package tv.tldr.api.cli;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** As whom does a command ask the API? It is shown what the organization of that key has, and nothing else. */
final class Access {
    private static final String VARIABLE = "TLDR_API_KEY";

    @Option(
            names = "--api-key",
            scope = ScopeType.INHERIT,
            paramLabel = "KEY",
            description = "Of the organization that is meant. Default: that of " + VARIABLE + ", else of this folder.")
    private @Nullable String key;

    /** For what is read or asked for. */
    ApiSession session(Surroundings surroundings, Cleanup cleanup, Messages messages) throws IOException {
        return session(surroundings, cleanup, messages, ApiSession.Use.QUESTION);
    }

    /** For what is done here, where no instance runs that does it. */
    ApiSession workingSession(Surroundings surroundings, Cleanup cleanup, Messages messages) throws IOException {
        return session(surroundings, cleanup, messages, ApiSession.Use.WORK);
    }

    private ApiSession session(Surroundings surroundings, Cleanup cleanup, Messages messages, ApiSession.Use use)
            throws IOException {
        String given = key == null ? surroundings.environment().get(VARIABLE) : key;
        return new ApiSession(
                surroundings.home(),
                StartSettings.checked(surroundings.settings()),
                cleanup,
                messages,
                Optional.ofNullable(given).filter(text -> !text.isEmpty()),
                use);
    }
}
