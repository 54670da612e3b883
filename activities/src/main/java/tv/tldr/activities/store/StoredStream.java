package tv.tldr.activities.store;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.activities.store.AskingStore.AskedAbout;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.asking.Window;
import tv.tldr.workflows.scoring.AskedModel;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.scoring.DimensionSetVersion;
import tv.tldr.workflows.scoring.ModelAnswer;
import tv.tldr.workflows.scoring.ModelScores;
import tv.tldr.workflows.scoring.ModelScores.Degraded;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.selection.Comparison;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.transcript.Transcript;

/** What is stored of a stream that decides over its moments: signals, markers, sets, the model's answers, speech. */
public final class StoredStream {
    private final StreamStore streams;
    private final SignalStore signals;
    private final AskingStore asking;
    private final ComparisonStore comparisons;
    private final TranscriptStore transcripts;
    private final MarkerStore markers;

    StoredStream(
            StreamStore streams,
            SignalStore signals,
            AskingStore asking,
            ComparisonStore comparisons,
            TranscriptStore transcripts,
            MarkerStore markers) {
        this.streams = streams;
        this.signals = signals;
        this.asking = asking;
        this.comparisons = comparisons;
        this.transcripts = transcripts;
        this.markers = markers;
    }

    /**
     * Everything that was measured, from second 0, with the markers.
     *
     * @param duration seconds of the stream
     */
    public Mono<Signals> signals(StreamRef stream, double duration) {
        return signals.load(stream)
                .collectList()
                .map(segments -> Signals.join((int) Math.ceil(duration), segments))
                .zipWith(markers.load(stream), Signals::marked);
    }

    /** The part of a stream that was measured: its signals from second 0, and its length in seconds. */
    public record Measured(Signals signals, double duration) {}

    /**
     * As much as was measured of a stream, with its markers; empty when nothing was.
     *
     * @param told seconds that went through measuring, as the stream's end says; 0: as far as there are signals
     * @param duration seconds of the stream
     * @param kinds the curves that are wanted
     */
    public Mono<Measured> measured(StreamRef stream, double told, double duration, Set<SignalKind> kinds) {
        return signals.load(stream, kinds)
                .collectList()
                .filter(segments -> !segments.isEmpty())
                .zipWith(markers.load(stream), (segments, posted) -> {
                    int end = segments.stream()
                            .mapToInt(segment -> segment.firstSecond() + segment.seconds())
                            .max()
                            .orElseThrow();
                    double measured = told > 0 ? told : Math.min(duration, end);
                    return new Measured(
                            Signals.join((int) Math.ceil(measured), segments).marked(posted), measured);
                });
    }

    /** The sets as the stream was submitted; streams of before have the preset of their options. */
    public Mono<DimensionSetChain> chain(StreamRef stream, StreamOptions options) {
        return streams.dimensionSet(stream).switchIfEmpty(Mono.fromSupplier(() -> preset(options.dimensionSetId())));
    }

    private static DimensionSetChain preset(String id) {
        return Preset.named(id)
                .map(preset -> DimensionSetChain.of(DimensionSetVersion.of(preset)))
                .orElseThrow(() -> ActivityFailures.permanent(
                        FailureType.PROCESSING_ERROR,
                        "there is no dimension set \"" + id + "\"; choose one of "
                                + Arrays.stream(Preset.values())
                                        .map(Preset::wire)
                                        .collect(joining(", "))));
    }

    /** Which windows the model is to be asked about, in the order of asking; empty when that is not planned. */
    public Mono<List<Window>> plan(StreamRef stream) {
        return asking.load(stream).collectList();
    }

    /**
     * What the model said about the windows of the plan.
     *
     * @param usual the set along whose dimensions it was asked, where that is not written down
     * @param unanswered why a window without an answer has none, one sentence
     */
    public Mono<AskedModel> answers(StreamRef stream, DimensionSet usual, String unanswered) {
        return Mono.zip(
                        asking.askedAbout(stream).defaultIfEmpty(new AskedAbout(usual, ProcessingModules.ALL)),
                        plan(stream),
                        asking.answers(stream).collectMap(WindowAnswer::window),
                        transcripts.load(stream))
                .map(all -> new AskedModel(
                        all.getT1().set(),
                        all.getT1().modules(),
                        scores(all.getT2(), all.getT3(), unanswered),
                        transcript(all.getT3().values(), all.getT4())));
    }

    /** In which order the model put finalists of the stream, the latest first. */
    public Mono<List<Comparison>> comparisons(StreamRef stream) {
        return comparisons
                .list(stream)
                .flatMapIterable(one -> one.meaning().stream().toList())
                .collectList();
    }

    /** What is said in the stream, as far as somebody listened: the model's lines, and a recogniser's where it has none. */
    public Mono<Transcript> transcript(StreamRef stream) {
        return Mono.zip(asking.answers(stream).collectList(), transcripts.load(stream), StoredStream::transcript);
    }

    private static Transcript transcript(Collection<WindowAnswer> answers, Transcript recognized) {
        return answers.stream()
                .map(WindowAnswer::transcript)
                .reduce(Transcript.EMPTY, Transcript::and)
                .filledFrom(recognized);
    }

    private static ModelScores scores(List<Window> plan, Map<Integer, WindowAnswer> answers, String unanswered) {
        List<ModelAnswer> answered = new ArrayList<>();
        List<Degraded> degraded = new ArrayList<>();
        for (Window window : plan) {
            WindowAnswer answer = answers.get(window.number());
            if (answer != null && answer.moments() != null) {
                answered.add(new ModelAnswer(window.range(), answer.moments()));
            }
            String reason = answer == null ? unanswered : answer.reason();
            if (reason != null) {
                degraded.add(new Degraded(window.range(), reason));
            }
        }
        return new ModelScores(answered, degraded);
    }
}
