package tv.tldr.activities.asking;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.activities.gemini.Answer;
import tv.tldr.activities.gemini.AskedKey;
import tv.tldr.activities.gemini.Budget;
import tv.tldr.activities.gemini.Budget.Verdict;
import tv.tldr.activities.gemini.ModelCall;
import tv.tldr.activities.gemini.ModelCall.State;
import tv.tldr.activities.gemini.Outcome;
import tv.tldr.activities.store.AskedWindow;
import tv.tldr.activities.store.AskingStore;
import tv.tldr.activities.store.Awaited;
import tv.tldr.activities.store.CostLedger;
import tv.tldr.activities.store.ModelWindowStore;
import tv.tldr.activities.store.SignalStore;
import tv.tldr.activities.store.StreamStore;
import tv.tldr.activities.store.WindowAnswer;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.asking.Window;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.transcript.Transcript;

/** What the database keeps of asking: the plan, the answers and the money. Waits for it; activities only. */
@Component
final class AskingBooks {
    private final StreamStore streams;
    private final AskingStore asking;
    private final SignalStore signals;
    private final ModelWindowStore windows;
    private final CostLedger ledger;

    AskingBooks(
            StreamStore streams, AskingStore asking, SignalStore signals, ModelWindowStore windows, CostLedger ledger) {
        this.streams = streams;
        this.asking = asking;
        this.signals = signals;
        this.windows = windows;
        this.ledger = ledger;
    }

    /** The planned window of that number. */
    Window window(StreamRef stream, int number) {
        return Awaited.of("reading what the model is asked", asking.find(stream, number))
                .orElseThrow(() -> ActivityFailures.permanent(
                        FailureType.PROCESSING_ERROR, "the stream's plan has no window " + number));
    }

    /** Everything that was measured of the stream. */
    Signals signals(StreamRef stream, double duration) {
        List<Signals> segments = Awaited.of(
                        "reading the signals", signals.load(stream).collectList())
                .orElse(List.of());
        return Signals.join((int) Math.ceil(duration), segments);
    }

    /** What the stream is scored by. */
    DimensionSet dimensionSet(StreamRef stream, StreamOptions options) {
        return Awaited.of("reading the dimension set", streams.dimensionSet(stream))
                .map(chain -> chain.first().definition())
                .or(() -> Preset.named(options.dimensionSetId()).map(Preset::dimensionSet))
                .orElseThrow(() -> ActivityFailures.permanent(
                        FailureType.PROCESSING_ERROR,
                        "there is no dimension set \"" + options.dimensionSetId() + "\""));
    }

    /** What came of exactly this question before; empty when it was not asked. */
    Optional<AskedWindow> before(StreamRef stream, Window window, AskedKey asked, String model) {
        return Awaited.of("looking for an answer", windows.findAnswer(stream, window.number(), asked))
                .map(outcome -> new AskedWindow(window.number(), asked, model, outcome, null));
    }

    /**
     * Writes down a request before it is sent, and what became of it.
     *
     * @throws SpentException when it is not to be sent because {@code budget} does not allow it
     */
    void record(ModelCall call, Budget budget) {
        if (call.state() != State.SENT) {
            Awaited.of("writing down a request to the model", ledger.record(call));
            return;
        }
        Awaited.of("looking whether a request can be paid", ledger.admit(call, budget))
                .ifPresent(verdict -> {
                    if (verdict instanceof Verdict.Refused refused) {
                        throw new SpentException(refused.explanation());
                    }
                });
    }

    /** Writes down what came of a question: as it was answered, and as it is meant in stream time. */
    void save(StreamRef stream, AskedWindow asked, WindowQuestion about) {
        WindowAnswer meant =
                switch (asked.outcome()) {
                    case Outcome.Answered<Answer> answered -> about.meaning(asked.window(), answered.answer());
                    case Outcome.Unusable<Answer> unusable ->
                        new WindowAnswer(asked.window(), null, Transcript.EMPTY, unusable.explanation());
                };
        Awaited.of("writing down an answer", windows.save(stream, asked).then(asking.saveAnswer(stream, meant)));
    }
}
