package tv.tldr.workflows.stream;

import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import tv.tldr.workflows.ActivityStubs;
import tv.tldr.workflows.activity.ListeningActivities.FindUnheard;
import tv.tldr.workflows.activity.ListeningActivities.ListenToSegment;
import tv.tldr.workflows.activity.StreamRef;

/**
 * After measuring and before anything is asked, a recogniser of ours writes down what is said, where there is one. Nothing
 * that goes wrong here ends the stream: it goes on with less of a transcript, and says so.
 */
final class Listening {
    private static final String CHANGE = "local-transcripts";

    private final StreamRef stream;
    private final StreamOptions options;
    private final StreamLedger ledger;
    private final SideBySide sideBySide;
    private final Runnable announce;

    Listening(StreamRef stream, StreamOptions options, StreamLedger ledger, SideBySide sideBySide, Runnable announce) {
        this.stream = stream;
        this.options = options;
        this.ledger = ledger;
        this.sideBySide = sideBySide;
        this.announce = announce;
    }

    void run() {
        boolean wanted = options.modules().audio() && ledger.segments().countMeasured() > 0;
        if (!wanted || ledger.hasFailed() || ledger.isStopping() || isOfBefore()) {
            return;
        }
        find();
        if (ledger.listening().hasSegmentLeft()) {
            ledger.enter(StreamStage.LISTENING);
            announce.run();
            sideBySide.run(
                    () -> ledger.listening().hasSegmentLeft() && sideBySide.goesOn(),
                    ledger.listening()::startSegment,
                    this::listen);
        }
    }

    /** The worker knows whether there is a recogniser, and the database what it has heard before. */
    private void find() {
        try {
            ledger.listening()
                    .found(ActivityStubs.listening("Look what is to be listened to", ledger.fairnessWeight())
                            .findUnheard(new FindUnheard(
                                    stream,
                                    ledger.recording(),
                                    ledger.segments().countDone()))
                            .segments());
        } catch (TemporalFailure failure) {
            ledger.notHeard("what is said could not be written down: ", failure);
        }
    }

    private void listen(int segment) {
        TimeRange window = ledger.segments().window(segment);
        try {
            ActivityStubs.listening("Listen to " + Segmentation.clock(window), ledger.fairnessWeight())
                    .listenToSegment(new ListenToSegment(stream, ledger.recording(), segment, window));
        } catch (TemporalFailure failure) {
            ledger.notHeard(Segmentation.clock(window) + " could not be listened to: ", failure);
        }
        ledger.listening().done();
        announce.run();
    }

    /** A stream that was past this point before it was there goes on without it. Asked last: the answer is recorded. */
    private static boolean isOfBefore() {
        return Workflow.getVersion(CHANGE, Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION;
    }
}
