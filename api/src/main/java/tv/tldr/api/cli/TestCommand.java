package tv.tldr.api.cli;

import picocli.CommandLine.Command;

/** {@code tldr test} belongs to the launcher: a packaged program has no tests with it. */
@Command(name = "test", description = "Runs the whole test suite (from a clone of the repository: ./tldr test).")
final class TestCommand implements Runnable {
    @Override
    public void run() {
        throw new Failure("The tests run from a clone of the repository: ./tldr test");
    }
}
