package tv.tldr.api.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** For logs and pipes: a line for each stage, each quarter of the work, and each new note. */
final class LineDisplay implements ProgressDisplay {
    private static final int LINES_PER_STREAM = 4;

    private final PrintWriter err;
    private String last = "";

    LineDisplay(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void show(Progress progress) {
        String occasion = progress.stage() + (int) (progress.percentage() * LINES_PER_STREAM / 100) + progress.note();
        if (occasion.equals(last)) {
            return;
        }
        last = occasion;
        String line = String.format(
                Locale.ROOT, "%3.0f %%  %-10s %s", progress.percentage(), progress.stage(), progress.detail());
        err.println((line + (progress.note().isEmpty() ? "" : "  " + progress.note())).stripTrailing());
    }

    @Override
    public void close() {
        err.flush();
    }
}
