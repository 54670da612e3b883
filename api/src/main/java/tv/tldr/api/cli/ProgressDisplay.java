package tv.tldr.api.cli;

import java.io.PrintWriter;

/** How does a person see that something happens? All of it on stderr. */
interface ProgressDisplay extends AutoCloseable {
    /** Columns that a terminal has at least, when it does not say. */
    int USUAL_WIDTH = 80;

    void show(Progress progress);

    /** Leaves the cursor at the beginning of a line. */
    @Override
    void close();

    /** What fits where the program was started. */
    static ProgressDisplay in(Surroundings surroundings, boolean quiet) {
        if (quiet) {
            return new Silence();
        }
        PrintWriter err = surroundings.err();
        return surroundings.terminal()
                ? new BarDisplay(err, surroundings.width() > 0 ? surroundings.width() : USUAL_WIDTH)
                : new LineDisplay(err);
    }

    /** For those who asked for none. */
    final class Silence implements ProgressDisplay {
        @Override
        public void show(Progress progress) {}

        @Override
        public void close() {}
    }
}
