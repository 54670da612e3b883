package tv.tldr.activities.store;

import static java.util.stream.Collectors.joining;

import io.temporal.spring.boot.ActivityImpl;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.workflows.TaskQueues;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.activity.ScoringActivities;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.scoring.DimensionSetChain.Choice;
import tv.tldr.workflows.scoring.DimensionSetVersion;
import tv.tldr.workflows.scoring.Fusion;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.scoring.RuleScorer;
import tv.tldr.workflows.selection.Candidate;
import tv.tldr.workflows.selection.HighlightSelection;
import tv.tldr.workflows.selection.Selection;
import tv.tldr.workflows.signal.Signals;

/** Carries signals to the pure selection and its decisions to the ledger; decides nothing itself. */
@Component
@ActivityImpl(workers = TaskQueues.STREAMS)
public final class ScoringActivitiesImpl implements ScoringActivities {
    private final StreamStore streams;
    private final SignalStore signals;
    private final CandidateStore candidates;

    ScoringActivitiesImpl(StreamStore streams, SignalStore signals, CandidateStore candidates) {
        this.streams = streams;
        this.signals = signals;
        this.candidates = candidates;
    }

    @Override
    public Selected selectHighlights(SelectHighlights command) {
        return ActivityFailures.classify("choosing the moments", () -> select(command));
    }

    private Selected select(SelectHighlights command) {
        DimensionSetChain chain = chain(command);
        List<Signals> segments = Awaited.of(
                        "reading the signals", signals.load(command.stream()).collectList())
                .orElse(List.of());
        Signals whole = Signals.join((int) Math.ceil(command.duration()), segments);
        Fusion fusion = command.options().fusion();
        return switch (chain.choose(set -> RuleScorer.score(whole, set, fusion).dimensionsScored())) {
            case Choice.Chosen chosen ->
                write(
                        command.stream(),
                        chosen.set().definition().id(),
                        HighlightSelection.select(
                                whole, command.duration(), chosen.set().definition(), command.options()));
            case Choice.TooFewDimensions none -> write(command.stream(), null, new Selection(List.of(), none.reason()));
        };
    }

    private Selected write(StreamRef stream, @Nullable String set, Selection selection) {
        Awaited.of(
                "writing down the candidates",
                candidates.replace(stream, selection.candidates()).then(streams.markScoredWith(stream, set)));
        List<Moment> moments =
                selection.kept().stream().map(ScoringActivitiesImpl::moment).toList();
        return new Selected(moments, selection.candidates().size() - moments.size(), selection.emptyReason());
    }

    private static Moment moment(Candidate kept) {
        return new Moment(kept.number(), kept.range(), kept.peak(), kept.confidence(), kept.type());
    }

    /** As the stream was submitted; streams of before have the preset of their options. */
    private DimensionSetChain chain(SelectHighlights command) {
        return Awaited.of("reading the dimension set", streams.dimensionSet(command.stream()))
                .orElseGet(() -> preset(command.options().dimensionSetId()));
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
