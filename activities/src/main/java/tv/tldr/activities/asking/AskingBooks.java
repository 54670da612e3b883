package tv.tldr.activities.asking;

import io.temporal.activity.Activity;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.activities.gemini.Answer;
import tv.tldr.activities.gemini.AskedKey;
import tv.tldr.activities.gemini.Budget;
import tv.tldr.activities.gemini.Budget.Verdict;
import tv.tldr.activities.gemini.Cost;
import tv.tldr.activities.gemini.ModelCall;
import tv.tldr.activities.gemini.ModelCall.State;
import tv.tldr.activities.gemini.Outcome;
import tv.tldr.activities.store.AskedComparison;
import tv.tldr.activities.store.AskedWindow;
import tv.tldr.activities.store.AskingStore;
import tv.tldr.activities.store.Awaited;
import tv.tldr.activities.store.ComparisonStore;
import tv.tldr.activities.store.CostLedger;
import tv.tldr.activities.store.ModelWindowStore;
import tv.tldr.activities.store.StoredStream;
import tv.tldr.activities.store.WindowAnswer;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.asking.Window;
import tv.tldr.workflows.scoring.AskedModel;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.selection.Candidate;
import tv.tldr.workflows.selection.Finalists;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.transcript.Transcript;

/** What the database keeps of asking: the plan, the answers, the finalists and the money. Waits for it; activities only. */
@Component
final class AskingBooks {
    /** Signals of twelve hours are about 4 MB. */
    private static final int MOST_KEPT = 4;

    private final StoredStream stored;
    private final AskingStore asking;
    private final ModelWindowStore windows;
    private final CostLedger ledger;
    private final Admission admission;
    private final ComparisonStore comparisons;
    /** By workflow: an analysis asks about one window after the other, and each needs all signals of the stream. */
    private final Map<String, Signals> lately = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Signals> eldest) {
            return size() > MOST_KEPT;
        }
    };

    AskingBooks(
            StoredStream stored,
            AskingStore asking,
            ModelWindowStore windows,
            CostLedger ledger,
            Admission admission,
            ComparisonStore comparisons) {
        this.stored = stored;
        this.asking = asking;
        this.windows = windows;
        this.ledger = ledger;
        this.admission = admission;
        this.comparisons = comparisons;
    }

    /** The planned window of that number. */
    Window window(StreamRef stream, int number) {
        return Awaited.of("reading what the model is asked", asking.find(stream, number))
                .orElseThrow(() -> ActivityFailures.permanent(
                        FailureType.PROCESSING_ERROR, "the stream's plan has no window " + number));
    }

    /** Everything that was measured of the stream; measuring has ended when the model is asked. */
    Signals signals(StreamRef stream, double duration) {
        String analysis = Activity.getExecutionContext().getInfo().getWorkflowId();
        synchronized (lately) {
            Signals known = lately.get(analysis);
            if (known != null) {
                return known;
            }
        }
        Signals read = Awaited.of("reading the signals", stored.signals(stream, duration))
                .orElseThrow();
        synchronized (lately) {
            lately.put(analysis, read);
        }
        return read;
    }

    /** What the stream is scored by. */
    DimensionSet dimensionSet(StreamRef stream, StreamOptions options) {
        return chain(stream, options).first().definition();
    }

    private DimensionSetChain chain(StreamRef stream, StreamOptions options) {
        return Awaited.of("reading the dimension set", stored.chain(stream, options))
                .orElseThrow();
    }

    /** What came of exactly this question before; empty when it was not asked. */
    Optional<AskedWindow> before(StreamRef stream, AskedKey asked) {
        return Awaited.of("looking for an answer", windows.findAnswer(stream, asked));
    }

    /** The moments that are to be compared with each other, the strongest first; empty when none are. */
    List<Candidate> finalists(StreamRef stream, double duration, StreamOptions options) {
        DimensionSetChain chain = chain(stream, options);
        AskedModel said = Awaited.of(
                        "reading the answers",
                        stored.answers(stream, chain.first().definition(), "the model was not asked"))
                .orElseThrow();
        Signals whole = Awaited.of("reading the signals", stored.signals(stream, duration))
                .orElseThrow();
        return Finalists.of(whole, duration, chain, options, said);
    }

    /** What came of exactly this comparison before; empty when it was not asked for. */
    Optional<AskedComparison> comparedBefore(StreamRef stream, AskedKey asked) {
        return Awaited.of("looking for a comparison", comparisons.find(stream, asked));
    }

    void save(StreamRef stream, AskedComparison comparison) {
        Awaited.of("writing down a comparison", comparisons.save(stream, comparison));
    }

    /** A usable answer to exactly this question, perhaps of an earlier analysis. */
    Optional<AskedWindow> usable(StreamRef stream, AskedKey asked) {
        return Awaited.of("looking for an answer", windows.findUsable(stream, asked));
    }

    /** Whether a request that may cost so much would be sent now. */
    Verdict judged(StreamRef stream, Cost most, Budget budget) {
        return Awaited.of("adding up what was spent", ledger.spent(stream))
                .map(spent -> budget.check(most, spent))
                .orElseThrow();
    }

    /** For how long the model refuses the question of this activity, over all its attempts; since it began when that is not known. */
    Duration refusedFor(StreamRef stream, @Nullable Integer window) {
        Instant begun =
                Instant.ofEpochMilli(Activity.getExecutionContext().getInfo().getScheduledTimestamp());
        return Awaited.of("looking for how long the model refuses", ledger.refusedFor(stream, window, begun))
                .orElseThrow();
    }

    /**
     * Writes down a request before it is sent, and what became of it. Waits until it may be sent.
     *
     * @throws SpentException when it is not to be sent because {@code budget} does not allow it
     */
    void record(ModelCall call, Budget budget, Runnable heartbeat) {
        if (call.state() == State.SENT) {
            admission.await(call, budget, heartbeat);
        } else {
            Awaited.of("writing down a request to the model", ledger.record(call));
        }
    }

    /** Writes down what came of a question: as it was answered, and as it is meant in stream time. */
    void save(StreamRef stream, AskedWindow asked, WindowQuestion about) {
        Awaited.of("writing down an answer", windows.save(stream, asked));
        saveMeaning(stream, asked.window(), asked, about);
    }

    /** Writes down what an answer of before, perhaps to a plan with other numbers, means in stream time. */
    void saveMeaning(StreamRef stream, int window, AskedWindow asked, WindowQuestion about) {
        switch (asked.outcome()) {
            case Outcome.Answered<Answer> answered ->
                save(stream, about.meaning(window, answered.answer(), asked.degraded()));
            case Outcome.Unusable<Answer> unusable -> saveUnusable(stream, window, unusable.explanation());
        }
    }

    /** Writes down why there is no answer about a window that could be used, for the customer. */
    void saveUnusable(StreamRef stream, int window, String reason) {
        save(stream, new WindowAnswer(window, null, Transcript.EMPTY, reason));
    }

    private void save(StreamRef stream, WindowAnswer meant) {
        Awaited.of("writing down what an answer means", asking.saveAnswer(stream, meant));
    }
}
