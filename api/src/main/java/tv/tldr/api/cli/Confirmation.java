package tv.tldr.api.cli;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;

/** Does the person want what cannot be undone? Asked at a terminal; elsewhere {@code --yes} says so. */
final class Confirmation {
    private Confirmation() {}

    /**
     * @param what a sentence that tells what will be
     * @throws Failure when the person does not
     */
    static void require(boolean yes, String what) {
        if (yes) {
            return;
        }
        Console console = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .orElseThrow(() -> new Failure(what + " Say --yes to have it done."));
        String answer = console.readLine("%s Go on? [y/N] ", what);
        if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
            throw new Failure("Nothing was done.");
        }
    }
}
