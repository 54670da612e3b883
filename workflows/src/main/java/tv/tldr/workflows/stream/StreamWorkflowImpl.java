package tv.tldr.workflows.stream;

import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.ActivityStubs;
import tv.tldr.workflows.TypeId;
import tv.tldr.workflows.activity.AskingActivities.AskWindow;
import tv.tldr.workflows.activity.CatalogActivities.FinishStream;
import tv.tldr.workflows.activity.CatalogActivities.NewHighlight;
import tv.tldr.workflows.activity.CatalogActivities.SaveClip;
import tv.tldr.workflows.activity.CatalogActivities.SaveHighlights;
import tv.tldr.workflows.activity.CatalogActivities.SaveProgress;
import tv.tldr.workflows.activity.CatalogActivities.SaveRecording;
import tv.tldr.workflows.activity.CatalogActivities.StartStream;
import tv.tldr.workflows.activity.ClipActivities.Cut;
import tv.tldr.workflows.activity.ClipActivities.CutClip;
import tv.tldr.workflows.activity.MeasuringActivities.MeasureSegment;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.RecordingActivities.ProbeSource;
import tv.tldr.workflows.activity.RecordingActivities.RecordSource;
import tv.tldr.workflows.activity.ScoringActivities.PlanWindows;
import tv.tldr.workflows.activity.ScoringActivities.SelectHighlights;
import tv.tldr.workflows.activity.ScoringActivities.Selected;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.highlight.HighlightId;

/** The life of a stream: probe, record, measure, select, cut, finish. */
public final class StreamWorkflowImpl implements StreamWorkflow {
    /** Enough to keep two cores busy over the server's 50 ms an activity; few enough not to starve other streams. */
    private static final int MOST_IN_FLIGHT = 4;

    private static final double PROGRESS_STEP = 5;

    private final StreamInput input;
    private final StreamRef stream;
    private final StreamLedger ledger;
    private final CancellationScope work;
    private final Random random;
    private @Nullable Promise<Void> progressSaved;
    private double percentageSaved;
    private StreamStage stageSaved = StreamStage.QUEUED;

    @WorkflowInit
    public StreamWorkflowImpl(StreamInput input) {
        this.input = input;
        this.stream = input.stream();
        this.ledger = new StreamLedger(input.done());
        this.random = Workflow.newRandom();
        this.work = Workflow.newCancellationScope(this::work);
    }

    @Override
    public StreamStatus run(StreamInput sameAsAtInit) {
        try {
            work.run();
        } catch (TemporalFailure failure) {
            ledger.interrupted(failure);
        }
        Workflow.newDetachedCancellationScope(this::settle).run();
        if (CancellationScope.current().isCancelRequested()) {
            throw new CanceledFailure("the stream's workflow was cancelled; what was cut before is kept");
        }
        return ledger.progress().status();
    }

    private void work() {
        if (!ledger.isRecorded()) {
            begin();
            record();
        }
        if (!ledger.isSelected()) {
            measure();
            ask();
            select();
        }
        cut();
    }

    private void begin() {
        enter(StreamStage.PROBING);
        Workflow.upsertTypedSearchAttributes(StreamAttributes.STREAM_STATUS.valueSet(StreamStatus.PROCESSING.wire()));
        ActivityStubs.catalog("Tell that the stream has started").startStream(new StartStream(stream, newEventId()));
        ActivityStubs.recording("Look whether the source opens").probeSource(new ProbeSource(stream, input.source()));
    }

    private void record() {
        enter(StreamStage.RECORDING);
        Recording recording = ActivityStubs.recording("Store the source and read what is in it")
                .recordSource(new RecordSource(stream, input.source()));
        ledger.recorded(recording);
        ledger.noteIfBrokenOff(recording.facts());
        ActivityStubs.catalog("Write down the recording")
                .saveRecording(new SaveRecording(stream, recording, ledger.segments()));
    }

    private void measure() {
        enter(StreamStage.MEASURING);
        while (ledger.hasSegmentLeft() && goesOn()) {
            int segment = ledger.startSegment();
            Async.procedure(this::measureSegment, segment);
            Workflow.await(() -> ledger.inFlight() < MOST_IN_FLIGHT);
        }
        Workflow.await(() -> ledger.inFlight() == 0);
        handOverIfLong(ledger.hasSegmentLeft());
        if (ledger.segmentsMeasured() == 0
                && !ledger.hasFailed()
                && !ledger.errors().isEmpty()) {
            ledger.failFor(ledger.errors().getFirst());
        }
    }

    private void measureSegment(int segment) {
        TimeRange window = ledger.window(segment);
        try {
            ActivityStubs.measuring("Measure " + Segmentation.clock(window))
                    .measureSegment(new MeasureSegment(
                            stream,
                            ledger.recording(),
                            segment,
                            window,
                            input.options().thorough()));
            ledger.measured();
        } catch (TemporalFailure failure) {
            ledger.missed(window, failure);
            cancelTheRestOfAFailedStream();
        }
        announce();
    }

    private void ask() {
        if (!input.options().strategy().asksModel() || ledger.hasFailed() || ledger.segmentsMeasured() == 0) {
            return;
        }
        enter(StreamStage.ASKING);
        if (!ledger.isPlanned()) {
            ledger.planned(ActivityStubs.scoring("Plan what the model is asked")
                    .planWindows(new PlanWindows(stream, ledger.measuredSeconds(), input.options()))
                    .windows());
        }
        while (ledger.hasWindowLeft() && goesOn()) {
            int window = ledger.startWindow();
            Async.procedure(this::askWindow, window);
            Workflow.await(() -> ledger.inFlight() < MOST_IN_FLIGHT);
        }
        Workflow.await(() -> ledger.inFlight() == 0);
        handOverIfLong(ledger.hasWindowLeft());
    }

    private void askWindow(int window) {
        try {
            ledger.asked(ActivityStubs.asking("Ask about window " + (window + 1) + " of "
                            + ledger.asking().windows())
                    .askWindow(new AskWindow(stream, ledger.recording(), window, input.options())));
        } catch (TemporalFailure failure) {
            ledger.notAsked(failure);
        }
        announce();
    }

    private void select() {
        if (ledger.hasFailed()) {
            return;
        }
        enter(StreamStage.SELECTING);
        Selected selected = ActivityStubs.scoring("Score the signals and choose the moments")
                .selectHighlights(
                        new SelectHighlights(stream, ledger.measuredSeconds(), input.options(), ledger.givenUp()));
        List<NewHighlight> highlights = selected.moments().stream()
                .map(moment -> new NewHighlight(new HighlightId(newUuid()), newEventId(), moment))
                .toList();
        ledger.selected(selected, highlights);
        Workflow.upsertTypedSearchAttributes(StreamAttributes.HIGHLIGHT_COUNT.valueSet((long) highlights.size()));
        if (!highlights.isEmpty()) {
            ActivityStubs.catalog("Write down the chosen moments")
                    .saveHighlights(new SaveHighlights(stream, highlights));
        }
    }

    private void cut() {
        enter(StreamStage.CUTTING);
        while (ledger.hasClipLeft() && !ledger.hasFailed() && !isLong()) {
            int clip = ledger.startClip();
            Async.procedure(this::cutClip, clip);
            Workflow.await(() -> ledger.inFlight() < MOST_IN_FLIGHT);
        }
        Workflow.await(() -> ledger.inFlight() == 0);
        handOverIfLong(ledger.hasClipLeft());
    }

    private void cutClip(int clip) {
        NewHighlight highlight = ledger.highlights().get(clip);
        TimeRange range = highlight.moment().range();
        try {
            CutClip files = ActivityStubs.clips("Cut " + Segmentation.clock(range))
                    .cutClip(new Cut(
                            stream,
                            ledger.recording(),
                            highlight.highlightId(),
                            range,
                            highlight.moment().peak()));
            // Cut is cut: a stop that comes now must not lose the clip.
            Workflow.newDetachedCancellationScope(
                            () -> ActivityStubs.catalog("Write down the clip of " + Segmentation.clock(range))
                                    .saveClip(new SaveClip(stream, highlight.highlightId(), files, newEventId())))
                    .run();
            ledger.cut(clip);
        } catch (TemporalFailure failure) {
            ledger.notCut(clip, failure);
            cancelTheRestOfAFailedStream();
        }
        announce();
    }

    private void cancelTheRestOfAFailedStream() {
        if (ledger.hasFailed()) {
            work.cancel("another part of the stream failed for good");
        }
    }

    /** Waits for what is in flight, so that nothing is written after the end. */
    private void settle() {
        Workflow.await(() -> ledger.inFlight() == 0);
        awaitProgressSaved();
        ledger.end();
        ActivityStubs.catalog("Tell that the stream has ended")
                .finishStream(new FinishStream(
                        stream,
                        ledger.progress().status(),
                        ledger.errors(),
                        ledger.emptyReason(),
                        ledger.uncutAtTheEnd(),
                        newEventId()));
        Workflow.upsertTypedSearchAttributes(StreamAttributes.STREAM_STATUS.valueSet(
                ledger.progress().status().wire()));
        announce();
        Workflow.await(Workflow::isEveryHandlerFinished);
    }

    private void awaitProgressSaved() {
        Promise<Void> last = progressSaved;
        Workflow.await(() -> last == null || last.isCompleted());
    }

    private boolean goesOn() {
        return !ledger.isStopping() && !ledger.hasFailed() && !isLong();
    }

    private static boolean isLong() {
        return Workflow.getInfo().isContinueAsNewSuggested();
    }

    /** Goes on as a new run with an empty history when there is work left that this one should not add to its own. */
    private void handOverIfLong(boolean workIsLeft) {
        if (workIsLeft && isLong() && !ledger.hasFailed()) {
            awaitProgressSaved();
            Workflow.await(Workflow::isEveryHandlerFinished);
            Workflow.continueAsNew(new StreamInput(stream, input.source(), input.options(), ledger.carryOver()));
        }
    }

    @Override
    public StreamProgress progress() {
        return ledger.progress();
    }

    @Override
    public String details() {
        return StreamReport.markdown(input, ledger);
    }

    @Override
    public void validateStop(boolean force) {
        if (ledger.stage() == StreamStage.DONE) {
            throw new IllegalStateException("The stream has already ended.");
        }
    }

    @Override
    public StreamProgress stop(boolean force) {
        ledger.stopAsked();
        if (force || !ledger.isRecorded()) {
            work.cancel("the stream was asked to stop");
        }
        return ledger.progress();
    }

    private void enter(StreamStage stage) {
        ledger.enter(stage);
        announce();
    }

    /** Tells operators at once, and the database every few percent. */
    private void announce() {
        StreamProgress progress = ledger.progress();
        Workflow.setCurrentDetails(details());
        boolean isNews = progress.stage() != stageSaved || progress.percentage() - percentageSaved >= PROGRESS_STEP;
        if (isNews
                && progress.status() == StreamStatus.PROCESSING
                && (progressSaved == null || progressSaved.isCompleted())) {
            percentageSaved = progress.percentage();
            stageSaved = progress.stage();
            progressSaved = Async.procedure(
                    ActivityStubs.catalog("Write down the progress")::saveProgress,
                    new SaveProgress(stream, progress, newEventId()));
        }
    }

    private UUID newUuid() {
        return TypeId.version7(Workflow.currentTimeMillis(), random.nextLong(), random.nextLong());
    }

    private EventId newEventId() {
        return new EventId(newUuid());
    }
}
