package tv.tldr.workflows.stream;

import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.List;
import tv.tldr.workflows.ActivityStubs;
import tv.tldr.workflows.activity.AskingActivities.AskWindow;
import tv.tldr.workflows.activity.CatalogActivities.FinishStream;
import tv.tldr.workflows.activity.CatalogActivities.NewHighlight;
import tv.tldr.workflows.activity.CatalogActivities.SaveHighlights;
import tv.tldr.workflows.activity.CatalogActivities.StartStream;
import tv.tldr.workflows.activity.CatalogActivities.Started;
import tv.tldr.workflows.activity.MeasuringActivities.MeasureSegment;
import tv.tldr.workflows.activity.ScoringActivities.PlanWindows;
import tv.tldr.workflows.activity.ScoringActivities.SelectHighlights;
import tv.tldr.workflows.activity.ScoringActivities.Selected;
import tv.tldr.workflows.activity.StreamRef;

/** The life of a stream: probe, record, measure, listen, ask, compare, select, cut, finish. */
public final class StreamWorkflowImpl implements StreamWorkflow {
    private final StreamRef stream;
    private final StreamLedger ledger;
    private final CancellationScope work;
    private final FreshIds ids;
    private final ProgressNews news;
    private final ClipCutting cutting;
    private final SideBySide sideBySide;
    private StreamInput input;

    @WorkflowInit
    public StreamWorkflowImpl(StreamInput input) {
        this.input = input;
        this.stream = input.stream();
        this.ledger = new StreamLedger(input.done());
        this.ids = new FreshIds();
        this.news = new ProgressNews(stream, ids);
        this.cutting = new ClipCutting(stream, ledger, ids);
        this.sideBySide = new SideBySide(ledger);
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
            enter(StreamStage.PROBING);
            begin();
            new Ingesting(input, ledger, this::enter).run();
        } else if (input.analysis() > 1) {
            begin();
        }
        if (!ledger.isSelected()) {
            measure();
            listen();
            ask();
            new Comparing(input, ledger, this::announce).run();
            select();
        }
        cut();
    }

    private void begin() {
        Workflow.upsertTypedSearchAttributes(StreamAttributes.STREAM_STATUS.valueSet(StreamStatus.PROCESSING.wire()));
        Started started = ActivityStubs.catalog("Tell that the stream has started")
                .startStream(new StartStream(stream, ids.event()));
        if (started != null) {
            input = input.with(started.options());
            ledger.weigh(started.fairnessWeight());
        }
    }

    private void measure() {
        enter(StreamStage.MEASURING);
        sideBySide.run(
                () -> ledger.segments().hasSegmentLeft() && sideBySide.goesOn(),
                ledger.segments()::startSegment,
                this::measureSegment);
        handOverIfLong(ledger.segments().hasSegmentLeft());
        if (ledger.segments().countMeasured() == 0
                && !ledger.hasFailed()
                && !ledger.errors().isEmpty()) {
            ledger.failFor(ledger.errors().getFirst());
        }
    }

    private void measureSegment(int segment) {
        TimeRange window = ledger.segments().window(segment);
        try {
            ActivityStubs.measuring("Measure " + Segmentation.clock(window), ledger.fairnessWeight())
                    .measureSegment(new MeasureSegment(
                            stream,
                            ledger.recording(),
                            segment,
                            window,
                            input.options().thorough()));
            ledger.segments().measured();
        } catch (TemporalFailure failure) {
            ledger.missed(window, failure);
            cancelTheRestOfAFailedStream();
        }
        announce();
    }

    private void listen() {
        new Listening(stream, input.options(), ledger, sideBySide, this::announce).run();
        handOverIfLong(ledger.listening().hasSegmentLeft());
    }

    private void ask() {
        if (!input.options().strategy().asksModel()
                || ledger.hasFailed()
                || ledger.segments().countMeasured() == 0) {
            return;
        }
        enter(StreamStage.ASKING);
        if (!ledger.asking().isPlanned()) {
            ledger.asking()
                    .planned(ActivityStubs.scoring("Plan what the model is asked")
                            .planWindows(
                                    new PlanWindows(stream, ledger.segments().measuredSeconds(), input.options()))
                            .windows());
        }
        sideBySide.run(
                () -> ledger.asking().hasWindowLeft() && sideBySide.goesOn(),
                ledger.asking()::startWindow,
                this::askWindow);
        handOverIfLong(ledger.asking().hasWindowLeft());
        ledger.noteIfNothingWasAnswered();
    }

    private void askWindow(int window) {
        try {
            ledger.asked(ActivityStubs.asking(
                            "Ask about window " + (window + 1) + " of "
                                    + ledger.asking().windows(),
                            ledger.fairnessWeight())
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
                .selectHighlights(new SelectHighlights(
                        stream,
                        ledger.segments().measuredSeconds(),
                        input.options(),
                        ledger.asking().givenUp(),
                        ledger.asking().notCompared()));
        List<NewHighlight> highlights = selected.moments().stream()
                .map(moment -> new NewHighlight(
                        moment.standing() == null
                                ? ids.highlight()
                                : moment.standing().highlightId(),
                        ids.event(),
                        moment))
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
        sideBySide.run(
                () -> ledger.hasClipLeft() && !ledger.hasFailed() && !SideBySide.isLong(),
                ledger::startClip,
                this::cutClip);
        handOverIfLong(ledger.hasClipLeft());
    }

    private void cutClip(int clip) {
        try {
            cutting.cut(clip);
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
        news.awaitSaved();
        ledger.end();
        ActivityStubs.catalog("Tell that the stream has ended")
                .finishStream(new FinishStream(
                        stream,
                        ledger.progress().status(),
                        ledger.errors(),
                        ledger.emptyReason(),
                        ledger.uncutAtTheEnd(),
                        ids.event(),
                        input.analysis(),
                        ledger.isSettled(),
                        ledger.segments().measuredSeconds()));
        Workflow.upsertTypedSearchAttributes(StreamAttributes.STREAM_STATUS.valueSet(
                ledger.progress().status().wire()));
        announce();
        Workflow.await(Workflow::isEveryHandlerFinished);
    }

    /** Goes on as a new run with an empty history when there is work left that this one should not add to its own. */
    private void handOverIfLong(boolean workIsLeft) {
        if (workIsLeft && SideBySide.isLong() && !ledger.hasFailed()) {
            news.awaitSaved();
            Workflow.await(Workflow::isEveryHandlerFinished);
            Workflow.continueAsNew(new StreamInput(
                    stream, input.source(), input.options(), ledger.carryOver(), input.analysis(), input.longest()));
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
        Workflow.setCurrentDetails(details());
        news.tell(ledger.progress());
    }
}
