package tv.tldr.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.media.Probe;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.storage.StoredObject;
import tv.tldr.activities.store.AskingStore;
import tv.tldr.activities.store.CandidateStore;
import tv.tldr.activities.store.FreshUuid;
import tv.tldr.activities.store.NewStream;
import tv.tldr.activities.store.SignalStore;
import tv.tldr.activities.store.StreamStore;
import tv.tldr.activities.store.WindowAnswer;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.CatalogActivities;
import tv.tldr.workflows.activity.CatalogActivities.FinishStream;
import tv.tldr.workflows.activity.CatalogActivities.NewHighlight;
import tv.tldr.workflows.activity.CatalogActivities.SaveClip;
import tv.tldr.workflows.activity.CatalogActivities.SaveHighlights;
import tv.tldr.workflows.activity.CatalogActivities.SaveRecording;
import tv.tldr.workflows.activity.CatalogActivities.StartStream;
import tv.tldr.workflows.activity.ClipActivities.CutClip;
import tv.tldr.workflows.activity.ClipActivities.StoredFile;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.ScoringActivities.Moment;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.asking.Window;
import tv.tldr.workflows.asking.Window.Why;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.scoring.Contribution;
import tv.tldr.workflows.scoring.DimensionScore;
import tv.tldr.workflows.scoring.DimensionType;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.scoring.Scale;
import tv.tldr.workflows.selection.Candidate;
import tv.tldr.workflows.selection.Edge;
import tv.tldr.workflows.selection.Labels;
import tv.tldr.workflows.selection.Rule;
import tv.tldr.workflows.selection.Verdict;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.Platform;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.StreamSource;
import tv.tldr.workflows.stream.StreamStatus;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.transcript.Transcript;
import tv.tldr.workflows.transcript.TranscriptLine;
import tv.tldr.workflows.transcript.TranscriptSource;

/**
 * A stream as its workflow would have left it: 120 measured seconds, five candidates of which three became highlights; the
 * last of them has no thumbnail.
 */
public record Sample(StreamRef stream, List<HighlightId> highlights) {
    static final byte[] CLIP = IntStream.range(0, 200_000)
            .collect(java.io.ByteArrayOutputStream::new, (out, i) -> out.write(i * 31), (a, b) -> {})
            .toByteArray();
    static final double[] CONFIDENCES = {0.81, 0.4, 0.99, 0.5, 0.9};
    private static final Scale SCALE =
            new Scale(DimensionType.CATEGORICAL, 0, 1, Map.of("calm", 0.1, "wild", 0.9), 0.5);
    private static final Contribution CONTRIBUTION =
            new Contribution("onsets.5s", 3.1, 0.14, 0.42, "sound onsets 3.1 deviations above usual (+0.42)");

    public HighlightId highlight(int index) {
        return highlights.get(index);
    }

    /** Written down and not started, as a crash leaves it. */
    public static StreamRef pending(RunningApi api, OrganizationId organization) {
        StreamRef stream = new StreamRef(organization, new StreamId(FreshUuid.next()));
        StreamSource source = new StreamSource("https://media.example.com/" + FreshUuid.next() + ".mp4", Platform.FILE);
        api.bean(StreamStore.class)
                .submit(new NewStream(stream, source, false, StreamOptions.DEFAULTS, null, Map.of(), false))
                .block();
        return stream;
    }

    public static Sample completed(RunningApi api, OrganizationId organization) {
        return completed(api, organization, null);
    }

    /** @param source what it is a recording of; null: it is not stored any more */
    public static Sample completed(RunningApi api, OrganizationId organization, @Nullable Path source) {
        StreamRef stream = pending(api, organization);
        CatalogActivities catalog = api.bean(CatalogActivities.class);
        catalog.startStream(new StartStream(stream, eventId()));
        if (source != null) {
            catalog.saveRecording(new SaveRecording(stream, recording(api, stream, source), 2));
        }
        for (int segment = 0; segment < 2; segment++) {
            api.bean(SignalStore.class)
                    .save(stream, segment, "as ever", signals(segment * 60))
                    .block();
        }
        List<Candidate> candidates = IntStream.range(0, CONFIDENCES.length)
                .mapToObj(Sample::candidate)
                .toList();
        api.bean(CandidateStore.class).replace(stream, candidates).block();
        AskingStore asking = api.bean(AskingStore.class);
        for (int window = 0; window < 2; window++) {
            TimeRange range = new TimeRange(60.0 * window, 60.0 * window + 60);
            asking.save(
                            stream,
                            Preset.GAMING_DEFAULT.dimensionSet(),
                            ProcessingModules.ALL,
                            List.of(new Window(window, range, Why.EVERYTHING)))
                    .block();
            asking.saveAnswer(
                            stream,
                            new WindowAnswer(window, List.of(), new Transcript(List.of(said(range.start() + 5))), null))
                    .block();
        }
        List<NewHighlight> chosen = candidates.stream()
                .filter(candidate -> candidate.verdict().kept())
                .map(Sample::highlight)
                .toList();
        catalog.saveHighlights(new SaveHighlights(stream, chosen));
        List<HighlightId> ids = new ArrayList<>();
        for (NewHighlight highlight : chosen) {
            boolean last = ids.size() == chosen.size() - 1;
            catalog.saveClip(
                    new SaveClip(stream, highlight.highlightId(), files(api, stream, highlight, !last), eventId()));
            ids.add(highlight.highlightId());
        }
        catalog.finishStream(
                new FinishStream(stream, StreamStatus.COMPLETED, List.of(), null, List.of(), eventId(), 1, true, 0));
        return new Sample(stream, ids);
    }

    private static Recording recording(RunningApi api, StreamRef stream, Path source) {
        StoredObject stored = api.bean(ObjectStore.class).put(ObjectKeys.source(stream), source);
        MediaFacts facts = new Probe(TestMedia.FFMPEG)
                .probe(new MediaInput(source), Objects.requireNonNull(source.getParent()), () -> {});
        return new Recording(stored.key().value(), stored.sizeBytes(), stored.sha256(), facts);
    }

    private static EventId eventId() {
        return new EventId(FreshUuid.next());
    }

    /** Loudness is the second's number; every tenth second nothing was to be measured. */
    private static Signals signals(int first) {
        float[] loudness = new float[60];
        for (int i = 0; i < loudness.length; i++) {
            loudness[i] = (first + i) % 10 == 0 ? Float.NaN : first + i;
        }
        return new Signals(
                first,
                60,
                Map.of(SignalKind.LOUDNESS, loudness, SignalKind.MOTION, new float[60]),
                List.of(first + 10.5),
                List.of(new TimeRange(first + 20, first + 22)));
    }

    private static Candidate candidate(int number) {
        boolean kept = number % 2 == 0;
        return new Candidate(
                number,
                new TimeRange(number * 20.0, number * 20.0 + 15.5),
                number * 20.0 + 10,
                CONFIDENCES[number],
                kept ? "clutch_play" : "highlight",
                Map.of(
                        "action_intensity",
                        new DimensionScore(0.9, 0.5, Map.of(), 0.9, null, 0, SCALE, List.of(CONTRIBUTION))),
                List.of(CONTRIBUTION),
                Edge.CUT,
                Edge.SPEECH_PAUSE,
                kept
                        ? new Verdict(Rule.SELECTED, 0.1, "over the threshold of 0.80")
                        : new Verdict(Rule.BELOW_THRESHOLD, -0.3, "under the threshold of 0.80"),
                Labels.NONE,
                null,
                null,
                List.of(said(number * 20.0 + 5)),
                Map.of("loudness", -14.25),
                null);
    }

    private static TranscriptLine said(double start) {
        return new TranscriptLine(new TimeRange(start, start + 1.5), "line at " + start, TranscriptSource.MODEL);
    }

    private static NewHighlight highlight(Candidate candidate) {
        return new NewHighlight(
                new HighlightId(FreshUuid.next()),
                eventId(),
                new Moment(
                        candidate.number(),
                        candidate.range(),
                        candidate.peak(),
                        candidate.confidence(),
                        candidate.type()));
    }

    private static CutClip files(RunningApi api, StreamRef stream, NewHighlight highlight, boolean withThumbnail) {
        ObjectStore objects = api.bean(ObjectStore.class);
        try {
            Path file = Files.write(Files.createTempFile("sample", ".bin"), CLIP);
            StoredObject clip = objects.put(ObjectKeys.clip(stream, highlight.highlightId(), 1), file);
            StoredObject picture = objects.put(ObjectKeys.thumbnail(stream, highlight.highlightId(), 1), file);
            Files.delete(file);
            TimeRange range = highlight.moment().range();
            return new CutClip(stored(clip), withThumbnail ? stored(picture) : null, range.start(), range.end(), 0.004);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StoredFile stored(StoredObject object) {
        return new StoredFile(object.key().value(), object.sizeBytes(), object.sha256());
    }
}
