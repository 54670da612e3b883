package tv.tldr.api.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** One line of the terminal that fills up. */
final class BarDisplay implements ProgressDisplay {
    /** The bar knows whole steps: tenths of a percent. */
    private static final double STEPS_PER_PERCENT = 10;

    private static final long STEPS = 1000;
    private static final String CLEAR_TO_END = "\u001b[K";

    private final ProgressBar bar;
    private final PrintWriter err;

    BarDisplay(PrintWriter err, int width) {
        this.err = err;
        this.bar = new ProgressBarBuilder()
                .setInitialMax(STEPS)
                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                .setUpdateIntervalMillis(200)
                .setUnit("%", (long) STEPS_PER_PERCENT)
                .hideEta()
                // Not the library's own terminal: it would load JLine and look at stdout.
                .setConsumer(new DelegatingProgressBarConsumer(this::draw, width - 1))
                .build();
    }

    @Override
    public void show(Progress progress) {
        String detail = progress.note().isEmpty() ? progress.detail() : progress.note();
        bar.setExtraMessage((progress.stage() + " " + detail).strip());
        bar.stepTo(Math.round(progress.percentage() * STEPS_PER_PERCENT));
    }

    @Override
    public void close() {
        bar.close();
        err.println();
    }

    private void draw(String line) {
        err.print("\r" + line + CLEAR_TO_END);
        err.flush();
    }
}
