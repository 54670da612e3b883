package tv.tldr.workflows.stream;

import io.temporal.failure.TemporalFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.activity.AskingActivities.Asked;
import tv.tldr.workflows.activity.AskingActivities.Outcome;
import tv.tldr.workflows.activity.CatalogActivities.NewHighlight;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.ScoringActivities.Selected;
import tv.tldr.workflows.highlight.HighlightId;

/** What has become of a stream so far: the bookkeeping of its workflow, without any order of steps. */
final class StreamLedger {
    private final StreamErrors errors;
    private final TreeSet<Integer> cut = new TreeSet<>();
    private final List<HighlightId> uncut;
    private StreamStage stage = StreamStage.QUEUED;
    private @Nullable Recording recording;
    private @Nullable List<NewHighlight> highlights;
    private int clipsStarted;
    private @Nullable String emptyReason;
    private final SegmentLedger segments;
    private final ListeningLedger listening = new ListeningLedger();
    private final AskingLedger asking;
    private boolean stopping;
    private @Nullable Double fairnessWeight;
    private @Nullable StreamError fatal;
    private double percentageAtEnd;
    private StreamStatus status = StreamStatus.PROCESSING;

    StreamLedger(StreamState done) {
        errors = new StreamErrors(done.errors());
        uncut = new ArrayList<>(done.uncut());
        segments = new SegmentLedger(done.segmentsDone(), done.segmentsMeasured());
        highlights = done.highlights();
        clipsStarted = done.highlightsCut();
        IntStream.range(0, done.highlightsCut()).forEach(cut::add);
        emptyReason = done.emptyReason();
        asking = new AskingLedger(done.asking());
        stopping = done.stopping();
        fairnessWeight = done.fairnessWeight();
        if (done.recording() != null) {
            recorded(done.recording());
        }
    }

    StreamState carryOver() {
        return new StreamState(
                recording,
                segments.countDone(),
                segments.countMeasured(),
                highlights,
                clipsStarted,
                List.copyOf(uncut),
                emptyReason,
                stopping,
                asking.state(),
                errors.all(),
                fairnessWeight);
    }

    /** How many turns of the workers its long work gets; null, from workers of before: as many as before. */
    void weigh(@Nullable Double weight) {
        if (weight != null) {
            fairnessWeight = weight;
        }
    }

    @Nullable
    Double fairnessWeight() {
        return fairnessWeight;
    }

    void enter(StreamStage next) {
        stage = next;
    }

    void recorded(Recording stored) {
        recording = stored;
        segments.recorded(stored.facts().duration());
    }

    /** What is there of a file that was cut off is analysed, and what is missing is told. */
    void noteIfBrokenOff(MediaFacts facts) {
        if (facts.missing() > 0) {
            errors.note(StreamError.brokenOff(facts));
        }
    }

    SegmentLedger segments() {
        return segments;
    }

    void missed(TimeRange window, TemporalFailure failure) {
        if (FailedStep.isCancellation(failure)) {
            segments.cancelled();
        } else {
            segments.missed();
        }
        note(failure, Segmentation.clock(window) + " could not be measured: ");
    }

    ListeningLedger listening() {
        return listening;
    }

    /** The transcript misses something; nothing else does. */
    void notHeard(String what, TemporalFailure failure) {
        if (!FailedStep.isCancellation(failure)) {
            StreamError error = FailedStep.explain(failure);
            errors.note(new StreamError(error.code(), what + error.message()));
        }
    }

    AskingLedger asking() {
        return asking;
    }

    /** Where no more can be paid for, the stream goes on by rules, and says so once. */
    void asked(Asked answer) {
        if (answer.outcome() == Outcome.SPENT && asking.givenUp() == null) {
            errors.note(StreamError.spent(String.valueOf(answer.reason())));
        }
        asking.asked(answer);
    }

    void noteIfNothingWasAnswered() {
        if (asking.isInVain()) {
            errors.note(StreamError.unusable(asking.windows()));
        }
    }

    /** Without the model the stream goes on by rules, and says so. */
    void notAsked(TemporalFailure failure) {
        asking.notAsked();
        if (!FailedStep.isCancellation(failure)) {
            StreamError error = FailedStep.explain(failure);
            if (asking.givenUp() == null) {
                errors.note(error);
            }
            asking.giveUp(error.message());
        }
    }

    void selected(Selected selection, List<NewHighlight> chosen) {
        highlights = List.copyOf(chosen);
        emptyReason = selection.emptyReason();
    }

    int startClip() {
        return clipsStarted++;
    }

    void cut(int clip) {
        cut.add(clip);
    }

    void notCut(int clip, TemporalFailure failure) {
        cut.add(clip);
        NewHighlight highlight = highlights().get(clip);
        uncut.add(highlight.highlightId());
        note(failure, "the clip of " + Segmentation.clock(highlight.moment().range()) + " could not be cut: ");
    }

    void stopAsked() {
        stopping = true;
    }

    /** The work was broken off: by a stop, or because a step failed for good. */
    void interrupted(TemporalFailure failure) {
        if (FailedStep.isCancellation(failure)) {
            stopping = true;
        } else {
            failFor(FailedStep.explain(failure));
        }
    }

    /** Ends the stream for {@code error}; the first such error is the one that is told. */
    void failFor(StreamError error) {
        if (fatal == null) {
            fatal = error;
            errors.note(error);
        }
    }

    void end() {
        percentageAtEnd = percentage();
        StreamStatus unfailed = stopping ? StreamStatus.STOPPED : StreamStatus.COMPLETED;
        status = hasFailed() ? StreamStatus.FAILED : unfailed;
        stage = StreamStage.DONE;
    }

    /** Damaged media spoils the part that it is in; every other failure would spoil all the other parts too. */
    private void note(TemporalFailure failure, String what) {
        if (FailedStep.isCancellation(failure)) {
            return;
        }
        StreamError error = FailedStep.explain(failure);
        StreamError told = new StreamError(error.code(), what + error.message());
        if (!error.code().equals(FailureType.PROCESSING_ERROR.name())) {
            failFor(told);
        } else {
            errors.note(told);
        }
    }

    boolean isStopping() {
        return stopping;
    }

    boolean hasFailed() {
        return fatal != null;
    }

    boolean isRecorded() {
        return recording != null;
    }

    boolean isSelected() {
        return highlights != null;
    }

    boolean hasClipLeft() {
        return clipsStarted < highlights().size();
    }

    /** Whether all that was chosen went through cutting. */
    boolean isSettled() {
        return isSelected() && !hasFailed() && cut.size() == highlights().size();
    }

    int inFlight() {
        return segments.inFlight() + listening.inFlight() + asking.inFlight() + clipsStarted - cut.size();
    }

    Recording recording() {
        return Objects.requireNonNull(recording);
    }

    List<NewHighlight> highlights() {
        return highlights == null ? List.of() : highlights;
    }

    /** Highlights without a clip, which a stream that has ended does not keep. */
    List<HighlightId> uncutAtTheEnd() {
        Stream<HighlightId> notReached = IntStream.range(0, highlights().size())
                .filter(clip -> !cut.contains(clip))
                .mapToObj(clip -> highlights().get(clip).highlightId());
        return Stream.concat(uncut.stream(), notReached).toList();
    }

    /** How many clips are cut or given up. */
    int clipsDone() {
        return cut.size();
    }

    int clips() {
        return cut.size() - uncut.size();
    }

    List<StreamError> errors() {
        return errors.all();
    }

    @Nullable
    String emptyReason() {
        return emptyReason;
    }

    StreamStage stage() {
        return stage;
    }

    StreamProgress progress() {
        return new StreamProgress(
                status,
                stage,
                percentage(),
                segments.measuredSeconds(),
                segments.duration(),
                segments.countDone(),
                segments.count(),
                clips(),
                highlights().size(),
                errors.lastMessage());
    }

    private double percentage() {
        double ended = status == StreamStatus.COMPLETED ? 100 : percentageAtEnd;
        return stage == StreamStage.DONE ? ended : Percentage.of(this);
    }
}
