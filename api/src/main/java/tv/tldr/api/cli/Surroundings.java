package tv.tldr.api.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.embedded.SettingSources;
import tv.tldr.api.embedded.Settings;

/**
 * Where was the program started?
 *
 * @param out for data
 * @param err for messages
 * @param environment the environment variables
 * @param folder the working directory
 * @param terminal whether {@code err} is read by a person who can watch a line change
 * @param width columns of the terminal that {@code out} goes to; 0 when it goes into a file or a pipe
 */
record Surroundings(
        PrintWriter out, PrintWriter err, Map<String, String> environment, Path folder, boolean terminal, int width) {
    static Surroundings ofProcess() {
        return new Surroundings(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                // Java cannot ask about stderr alone; the launcher can.
                Boolean.getBoolean("tldr.terminal"),
                Integer.getInteger("tldr.columns", 0));
    }

    /** The folder of the embedded default: what {@code TLDR_HOME} says, else {@code .tldr} in the working directory. */
    Home home() {
        String configured = environment.getOrDefault("TLDR_HOME", "");
        return new Home(folder.resolve(configured.isEmpty() ? ".tldr" : configured));
    }

    Settings settings() throws IOException {
        return sources().settings();
    }

    /** Where each of them comes from. */
    SettingSources sources() throws IOException {
        return SettingSources.read(environment, home().dotEnv());
    }

    /**
     * Puts data on stdout.
     *
     * @param kept what there is all the same, for the person who does not get to see it; may be empty
     * @throws Failure when it does not get there
     */
    void print(List<String> lines, String kept) {
        lines.forEach(out::println);
        if (out.checkError()) {
            throw new Failure(
                    ("The result could not be written to stdout: it is full or closed. " + kept).stripTrailing());
        }
    }

    /** Whether messages may be coloured: never into a file, and never for those who asked for none. */
    boolean colours() {
        return terminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
    }
}
