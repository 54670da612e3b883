package tv.tldr.workflows.stream;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.Priority;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.activity.AskingActivities;
import tv.tldr.workflows.activity.CatalogActivities;
import tv.tldr.workflows.activity.ClipActivities;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.activity.ListeningActivities;
import tv.tldr.workflows.activity.MeasuringActivities;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.RecordingActivities;
import tv.tldr.workflows.activity.ScoringActivities;
import tv.tldr.workflows.highlight.HighlightId;

/** A world without FFmpeg and database: remembers what it was asked for and fails where a test says so. */
final class FakeWorld
        implements RecordingActivities,
                MeasuringActivities,
                ListeningActivities,
                ScoringActivities,
                AskingActivities,
                ClipActivities,
                CatalogActivities {
    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<FinishStream> ends = new CopyOnWriteArrayList<>();
    final List<SaveProgress> progress = new CopyOnWriteArrayList<>();
    final List<NewHighlight> saved = new CopyOnWriteArrayList<>();
    final ConcurrentHashMap<Integer, Integer> timesMeasured = new ConcurrentHashMap<>();
    final AtomicInteger clipsCut = new AtomicInteger();

    /** Of each kind of long work, in whose turns and with which weights it came. */
    final ConcurrentHashMap<String, Set<String>> turns = new ConcurrentHashMap<>();

    volatile double duration = 600;
    volatile double missing;
    volatile int moments = 3;
    /** Whether what is selected takes as much room as it can: of an earlier analysis, with the longest names and numbers. */
    volatile boolean wordy;

    /** What the stream was changed to while it was pending. */
    volatile @Nullable StreamOptions changed;

    /** Null: as workers of before answer. */
    volatile @Nullable Double weightAtStart;

    volatile @Nullable Double weightWhenRecorded;

    volatile @Nullable FailureType startFails;
    volatile @Nullable FailureType probeFails;
    volatile int probesThatFail;
    volatile IntPredicate damagedSegments = segment -> false;
    volatile @Nullable FailureType segmentsFailWith;
    volatile IntPredicate uncuttable = clip -> false;
    volatile IntPredicate unheard = segment -> false;
    volatile IntPredicate inaudible = segment -> false;
    volatile @Nullable FailureType findingFails;
    volatile int windows = 4;
    volatile IntPredicate unanswerable = window -> false;
    volatile IntPredicate unaffordable = window -> false;
    volatile IntPredicate unaskable = window -> false;
    volatile @Nullable FailureType comparingFails;
    volatile int finalists = 3;
    volatile boolean comparingWaits;
    volatile IntPredicate segmentsThatWait = segment -> false;
    volatile IntPredicate clipsThatWait = clip -> false;
    volatile boolean recordingWaits;
    final CountDownLatch waiting = new CountDownLatch(1);
    final CountDownLatch released = new CountDownLatch(1);

    @Override
    public ProbedSource probeSource(ProbeSource command) {
        turn();
        calls.add("probe");
        FailureType failure = probeFails;
        if (failure != null
                && (probesThatFail == 0
                        || Activity.getExecutionContext().getInfo().getAttempt() <= probesThatFail)) {
            throw fail(failure, "the source said no");
        }
        return new ProbedSource(1_000_000, "a fake");
    }

    @Override
    public Recording recordSource(RecordSource command) {
        turn();
        calls.add("record");
        if (recordingWaits) {
            waitUntilReleasedOrCancelled();
        }
        MediaFacts facts = new MediaFacts(
                duration,
                0,
                "mov,mp4",
                missing,
                new MediaFacts.Video(0, "h264", 1280, 720, 0, 30, false),
                new MediaFacts.Audio(1, "aac", 48_000, 2));
        return new Recording("organizations/o/streams/s/source", 1_000_000, "00", facts);
    }

    @Override
    public MeasuredSegment measureSegment(MeasureSegment command) {
        turn();
        calls.add("measure " + command.index());
        timesMeasured.merge(command.index(), 1, Integer::sum);
        if (segmentsThatWait.test(command.index())) {
            waitUntilReleasedOrCancelled();
        }
        FailureType failure = segmentsFailWith;
        if (failure != null && damagedSegments.test(command.index())) {
            throw fail(failure, "no frame could be read");
        }
        return new MeasuredSegment(command.index(), true);
    }

    @Override
    public Unheard findUnheard(FindUnheard command) {
        FailureType failure = findingFails;
        if (failure != null) {
            throw fail(failure, "the speech model cannot be read");
        }
        return new Unheard(IntStream.range(0, command.segments())
                .filter(unheard)
                .filter(segment -> !calls.contains("listen to " + segment))
                .boxed()
                .toList());
    }

    @Override
    public HeardSegment listenToSegment(ListenToSegment command) {
        turn();
        calls.add("listen to " + command.index());
        if (inaudible.test(command.index())) {
            throw fail(FailureType.PROCESSING_ERROR, "no sound could be read");
        }
        return new HeardSegment(command.index(), true);
    }

    @Override
    public Planned planWindows(PlanWindows command) {
        calls.add("plan");
        return new Planned(windows);
    }

    @Override
    public Asked askWindow(AskWindow command) {
        turn();
        calls.add("ask " + command.window());
        if (unaskable.test(command.window())) {
            throw fail(FailureType.AI_REFUSED, "the key is refused; check GEMINI_API_KEY");
        }
        if (unaffordable.test(command.window())) {
            return new Asked(Outcome.SPENT, 0, "the stream's budget of 0.05 USD is spent");
        }
        return unanswerable.test(command.window())
                ? new Asked(Outcome.UNUSABLE, 900, "the answer was no JSON")
                : new Asked(Outcome.ANSWERED, 1000, null);
    }

    @Override
    public Compared compareFinalists(CompareFinalists command) {
        calls.add("compare over " + Math.round(command.duration()));
        if (comparingWaits) {
            waitUntilReleasedOrCancelled();
        }
        FailureType failure = comparingFails;
        if (failure != null) {
            throw fail(failure, "the model is away");
        }
        return finalists == 0 ? Compared.NOBODY : new Compared(finalists, 500, null);
    }

    @Override
    public Selected selectHighlights(SelectHighlights command) {
        calls.add("select over " + Math.round(command.duration()));
        if (command.givenUp() != null) {
            calls.add("given up: " + command.givenUp());
        }
        if (command.notCompared() != null) {
            calls.add("not compared: " + command.notCompared());
        }
        List<Moment> chosen = new ArrayList<>();
        for (int i = 0; i < moments; i++) {
            double start = i * command.duration() / moments;
            chosen.add(
                    wordy
                            ? wordy(i, start)
                            : new Moment(i, new TimeRange(start, start + 15), start + 7, 0.95 - i * 0.0001, "action"));
        }
        return new Selected(chosen, 2, chosen.isEmpty() ? "nothing rose above 0.41; the threshold is 0.80" : null);
    }

    private static Moment wordy(int number, double start) {
        TimeRange range = new TimeRange(start + 1 / 3.0, start + 15 + 1 / 7.0);
        HighlightId standing = new HighlightId(new UUID(-1L - number, -1L));
        return new Moment(
                number,
                range,
                start + 20 / 3.0,
                0.9 - number / 7e5,
                "t".repeat(64),
                new Standing(standing, 100, false, true));
    }

    @Override
    public CutClip cutClip(Cut command) {
        int clip = clipsCut.getAndIncrement();
        turn();
        calls.add("cut");
        if (clipsThatWait.test(clip)) {
            waitUntilReleasedOrCancelled();
        }
        if (uncuttable.test(clip)) {
            throw fail(FailureType.PROCESSING_ERROR, "no frame could be read");
        }
        StoredFile file = new StoredFile("clip-" + command.highlightId(), 1000, "00");
        return new CutClip(file, null, command.range().start(), command.range().end(), 0);
    }

    @Override
    public @Nullable Started startStream(StartStream command) {
        calls.add("start");
        FailureType failure = startFails;
        if (failure != null) {
            throw fail(failure, "no hours are left");
        }
        if (changed == null && weightAtStart == null) {
            return null;
        }
        return new Started(changed == null ? StreamOptions.DEFAULTS : changed, weightAtStart);
    }

    @Override
    public @Nullable Recorded saveRecording(SaveRecording command) {
        calls.add("save recording of " + command.segments());
        return weightWhenRecorded == null ? null : new Recorded(weightWhenRecorded);
    }

    @Override
    public void saveProgress(SaveProgress command) {
        progress.add(command);
    }

    @Override
    public void saveHighlights(SaveHighlights command) {
        saved.addAll(command.highlights());
    }

    @Override
    public void saveClip(SaveClip command) {
        calls.add("save clip");
    }

    @Override
    public void finishStream(FinishStream command) {
        calls.add("finish");
        ends.add(command);
    }

    private void turn() {
        ActivityInfo info = Activity.getExecutionContext().getInfo();
        Priority priority = info.getPriority();
        turns.computeIfAbsent(info.getActivityType(), type -> ConcurrentHashMap.newKeySet())
                .add(priority.getFairnessKey() + " " + priority.getFairnessWeight());
    }

    /** Behaves like FFmpeg under a heartbeating activity: the next heartbeat after a cancellation throws. */
    private void waitUntilReleasedOrCancelled() {
        waiting.countDown();
        try {
            while (!released.await(50, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                Activity.getExecutionContext().heartbeat("waiting");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static ApplicationFailure fail(FailureType type, String message) {
        int attempt = Activity.getExecutionContext().getInfo().getAttempt();
        return type.isWorthRetrying(attempt)
                ? ApplicationFailure.newFailure(message, type.name())
                : ApplicationFailure.newNonRetryableFailure(message, type.name());
    }
}
