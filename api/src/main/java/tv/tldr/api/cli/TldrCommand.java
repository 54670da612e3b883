package tv.tldr.api.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The program without a command: its help, from the same page that the launcher prints, and its version. */
@Command(name = "tldr")
final class TldrCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = {"-h", "--help"})
    private boolean help;

    @Option(names = {"-V", "--version"})
    private boolean version;

    @Override
    public Integer call() throws IOException {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        if (version) {
            line.getOut().println("tldr " + version());
            return CommandLine.ExitCode.OK;
        }
        (help ? line.getOut() : line.getErr()).print(page());
        (help ? line.getOut() : line.getErr()).flush();
        return help ? CommandLine.ExitCode.OK : CommandLine.ExitCode.USAGE;
    }

    static String page() throws IOException {
        try (InputStream page = TldrCommand.class.getResourceAsStream("help.txt")) {
            return new String(Objects.requireNonNull(page).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static String version() {
        String version = TldrCommand.class.getPackage().getImplementationVersion();
        return version == null ? "(unpackaged)" : version;
    }
}
