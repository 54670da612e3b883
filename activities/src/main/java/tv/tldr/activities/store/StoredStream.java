package tv.tldr.activities.store;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.scoring.DimensionSetVersion;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;

/** What was measured of a stream, and what is it scored by? Waits for the database; activities only. */
public final class StoredStream {
    private final StreamStore streams;
    private final SignalStore signals;

    StoredStream(StreamStore streams, SignalStore signals) {
        this.streams = streams;
        this.signals = signals;
    }

    /**
     * Everything that was measured, from second 0.
     *
     * @param duration seconds of the stream
     */
    public Signals signals(StreamRef stream, double duration) {
        List<Signals> segments = Awaited.of(
                        "reading the signals", signals.load(stream).collectList())
                .orElse(List.of());
        return Signals.join((int) Math.ceil(duration), segments);
    }

    /** The sets as the stream was submitted; streams of before have the preset of their options. */
    public DimensionSetChain chain(StreamRef stream, StreamOptions options) {
        return Awaited.of("reading the dimension set", streams.dimensionSet(stream))
                .orElseGet(() -> preset(options.dimensionSetId()));
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
}
