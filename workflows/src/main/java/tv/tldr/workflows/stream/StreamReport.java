package tv.tldr.workflows.stream;

import java.util.List;
import java.util.Locale;
import tv.tldr.workflows.activity.AskingActivities.Compared;
import tv.tldr.workflows.activity.CatalogActivities.NewHighlight;
import tv.tldr.workflows.activity.MediaFacts;

/** What does an operator read about a stream in the Web UI? Markdown, in words. */
final class StreamReport {
    private static final int HIGHLIGHTS_SHOWN = 10;

    private StreamReport() {}

    static String markdown(StreamInput input, StreamLedger ledger) {
        StreamProgress progress = ledger.progress();
        StringBuilder text = new StringBuilder();
        line(text, "### %s — %.0f %%", sentence(progress, ledger), progress.percentage());
        line(text, "");
        line(
                text,
                "- **Source** `%s` (%s)",
                input.source().url(),
                input.source().platform().wire());
        if (ledger.isRecorded()) {
            line(text, "- **Recording** %s", describe(ledger.recording().facts()));
            line(
                    text,
                    "- **Measured** %s of %s, %d of %d segments",
                    Segmentation.clock(progress.currentTimestamp()),
                    Segmentation.clock(progress.totalDuration()),
                    progress.segmentsMeasured(),
                    progress.segments());
        }
        line(
                text,
                "- **Wanted** `%s`, confidence ≥ %.2f, %.0f–%.0f s",
                input.options().dimensionSetId(),
                input.options().highlightThreshold(),
                input.options().minDuration(),
                input.options().maxDuration());
        if (ledger.asking().isPlanned()) {
            asking(text, ledger.asking().state());
        }
        if (ledger.isSelected()) {
            selection(text, ledger);
        }
        for (StreamError error : ledger.errors()) {
            line(text, "- **%s** %s", error.code(), error.message());
        }
        return text.toString();
    }

    private static void asking(StringBuilder text, AskingState asking) {
        line(
                text,
                "- **Model** %d of %d windows asked, %d answered, %.4f USD%s",
                asking.done(),
                asking.windows(),
                asking.answered(),
                asking.costMicroUsd() / 1e6,
                asking.givenUp() == null ? "" : "; the rest by rules: " + asking.givenUp());
        if (asking.compared() != null) {
            line(text, "- **Finalists** %s", compared(asking.compared()));
        }
    }

    private static String compared(Compared compared) {
        if (compared.reason() != null) {
            return "not compared with each other: " + compared.reason();
        }
        return compared.finalists() == 0
                ? "none to compare with each other"
                : compared.finalists() + " compared with each other";
    }

    private static void selection(StringBuilder text, StreamLedger ledger) {
        List<NewHighlight> highlights = ledger.highlights();
        String emptyReason = ledger.emptyReason();
        line(
                text,
                "- **Highlights** %d selected, %d cut%s",
                highlights.size(),
                ledger.clips(),
                emptyReason == null ? "" : " — " + emptyReason);
        line(text, "");
        for (NewHighlight highlight :
                highlights.stream().limit(HIGHLIGHTS_SHOWN).toList()) {
            line(
                    text,
                    "1. %s `%s` %.2f",
                    Segmentation.clock(highlight.moment().range()),
                    highlight.moment().type(),
                    highlight.moment().confidence());
        }
    }

    private static String sentence(StreamProgress progress, StreamLedger ledger) {
        String ending = ledger.isStopping() ? ", then stopping" : "";
        return switch (progress.stage()) {
            case QUEUED -> "Waiting for a worker";
            case PROBING -> "Looking at the source";
            case RECORDING -> "Storing the source";
            case MEASURING -> "Measuring picture and sound" + ending;
            case LISTENING -> "Writing down what is said" + ending;
            case ASKING ->
                (ledger.asking().isComparing() ? "Comparing the finalists with each other" : "Asking the model")
                        + ending;
            case SELECTING -> "Choosing the moments" + ending;
            case CUTTING -> "Cutting clips" + ending;
            case DONE -> "Stream " + progress.status().wire();
        };
    }

    private static String describe(MediaFacts facts) {
        MediaFacts.Video video = facts.video();
        MediaFacts.Audio audio = facts.audio();
        return Segmentation.clock(facts.duration())
                + (video == null
                        ? ", no picture"
                        : String.format(
                                Locale.ROOT,
                                ", %s %d×%d, %.2f frames/s",
                                video.codec(),
                                video.width(),
                                video.height(),
                                video.frameRate()))
                + (audio == null
                        ? ", no sound"
                        : String.format(Locale.ROOT, ", %s %d Hz", audio.codec(), audio.sampleRate()));
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
