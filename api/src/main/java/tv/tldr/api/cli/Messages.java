package tv.tldr.api.cli;

import java.io.PrintWriter;

/** What is said to the person beside the data? All of it on stderr. */
final class Messages {
    private final PrintWriter err;
    private final boolean quiet;

    /** @param quiet whether only warnings are said */
    Messages(PrintWriter err, boolean quiet) {
        this.err = err;
        this.quiet = quiet;
    }

    void say(String sentence) {
        if (!quiet) {
            err.println(sentence);
        }
    }

    boolean isQuiet() {
        return quiet;
    }

    void warn(String sentence) {
        err.println("WARNING: " + sentence);
    }
}
