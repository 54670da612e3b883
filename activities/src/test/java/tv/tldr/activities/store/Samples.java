package tv.tldr.activities.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.workflows.activity.CatalogActivities.NewHighlight;
import tv.tldr.workflows.activity.ClipActivities.CutClip;
import tv.tldr.workflows.activity.ClipActivities.StoredFile;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.ScoringActivities.Moment;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.scoring.Contribution;
import tv.tldr.workflows.scoring.DimensionScore;
import tv.tldr.workflows.selection.Candidate;
import tv.tldr.workflows.selection.Edge;
import tv.tldr.workflows.selection.Labels;
import tv.tldr.workflows.selection.Reckoning;
import tv.tldr.workflows.selection.Rule;
import tv.tldr.workflows.selection.Said;
import tv.tldr.workflows.selection.Verdict;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.transcript.TranscriptLine;
import tv.tldr.workflows.transcript.TranscriptSource;

/** Things of a stream to write and read back. */
final class Samples {
    static final String SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private Samples() {}

    static Recording recording(StreamRef stream) {
        return new Recording(
                ObjectKeys.source(stream).value(),
                12_345_678_901L,
                SHA256,
                new MediaFacts(
                        125.5,
                        -0.021,
                        "mov,mp4,m4a,3gp,3g2,mj2",
                        0,
                        new MediaFacts.Video(0, "h264", 1280, 720, 0, 29.97, false),
                        null));
    }

    /** Candidate {@code number} of a stream: even ones are kept, the best first in time. */
    static Candidate candidate(int number) {
        Contribution contribution =
                new Contribution("onsets.5s", 3.1, 0.14, 0.42, "sound onsets 3.1 deviations above usual (+0.42)");
        boolean kept = number % 2 == 0;
        return new Candidate(
                number,
                new TimeRange(number * 30.0, number * 30.0 + 20.25),
                number * 30.0 + 10,
                0.95 - number / 100.0,
                kept ? "clutch_play" : "highlight",
                dimensions(contribution),
                List.of(contribution),
                Edge.CUT,
                Edge.SPEECH_PAUSE,
                kept
                        ? new Verdict(Rule.SELECTED, 0.15, "0.95 is over the threshold of 0.80")
                        : new Verdict(Rule.BELOW_THRESHOLD, -0.05, "0.75 is under the threshold of 0.80"),
                kept ? new Labels(List.of("clutch", "late"), Map.of("at", number * 30 + 10 + " s")) : Labels.NONE,
                kept ? new Said("Three in a row", "He takes all three before the door closes.") : null,
                kept ? null : "Gemini does not answer",
                kept ? List.of(line(number * 30.0 + 8, "and there it is")) : List.of(),
                Map.of("loudness", -14.25, "motion", 0.5),
                kept ? reckoning() : null);
    }

    private static Reckoning reckoning() {
        Map<String, Double> shares = new LinkedHashMap<>();
        List.of("skill_display", "action_intensity", "funny_fail").forEach(id -> shares.put(id, 1 / 3.0));
        return new Reckoning(shares, 0.9, 0.75, 1.5, 1, 1, 12, 0.9731, 0.9731, shares, 1, "fits every moment");
    }

    static TranscriptLine line(double start, String text) {
        return new TranscriptLine(new TimeRange(start, start + 2), text, TranscriptSource.MODEL);
    }

    /** In an order that is neither the alphabet's nor that of their lengths. */
    private static Map<String, DimensionScore> dimensions(Contribution contribution) {
        Map<String, DimensionScore> dimensions = new LinkedHashMap<>();
        for (String id : List.of("skill_display", "action_intensity", "funny_fail")) {
            dimensions.put(id, new DimensionScore(0.9, 0.5, Map.of(), 0.9, null, 0, null, List.of(contribution)));
        }
        return dimensions;
    }

    static List<Candidate> candidates(int count) {
        return IntStream.range(0, count).mapToObj(Samples::candidate).toList();
    }

    static NewHighlight highlight(Candidate candidate) {
        return new NewHighlight(
                new HighlightId(FreshUuid.next()),
                new EventId(FreshUuid.next()),
                new Moment(
                        candidate.number(),
                        candidate.range(),
                        candidate.peak(),
                        candidate.confidence(),
                        candidate.type()));
    }

    static CutClip clip(StreamRef stream, NewHighlight highlight) {
        TimeRange range = highlight.moment().range();
        return new CutClip(
                new StoredFile(
                        ObjectKeys.clip(stream, highlight.highlightId(), 1).value(), 1000, SHA256),
                new StoredFile(
                        ObjectKeys.thumbnail(stream, highlight.highlightId(), 1).value(), 10, SHA256),
                range.start(),
                range.end(),
                0.004);
    }
}
