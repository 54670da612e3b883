package tv.tldr.bench;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tv.tldr.activities.asking.FinalistQuestion;
import tv.tldr.activities.asking.WindowQuestion;
import tv.tldr.activities.gemini.Answer;
import tv.tldr.activities.gemini.GeminiGateway;
import tv.tldr.activities.gemini.GeminiProperties;
import tv.tldr.activities.gemini.ModelCall;
import tv.tldr.activities.gemini.ModelCall.Kind;
import tv.tldr.activities.gemini.ModelCall.State;
import tv.tldr.activities.gemini.Outcome;
import tv.tldr.activities.gemini.Question;
import tv.tldr.activities.gemini.Ranking;
import tv.tldr.activities.gemini.WindowRequest;
import tv.tldr.activities.gemini.Words;
import tv.tldr.activities.store.AskedComparison;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.asking.Window;
import tv.tldr.workflows.asking.WindowPlan;
import tv.tldr.workflows.scoring.AskedModel;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.scoring.DimensionSetVersion;
import tv.tldr.workflows.scoring.ModelAnswer;
import tv.tldr.workflows.scoring.ModelScores;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.scoring.Strategy;
import tv.tldr.workflows.selection.Candidate;
import tv.tldr.workflows.selection.Comparison;
import tv.tldr.workflows.selection.Decision;
import tv.tldr.workflows.selection.Finalists;
import tv.tldr.workflows.selection.Selection;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.transcript.Transcript;

/** What does a stream's analysis take and find with a model? The product's own parts, without a server below them. */
final class ModelRun {
    private static final DimensionSet SET = Preset.GAMING_DEFAULT.dimensionSet();
    private static final DimensionSetChain CHAIN = DimensionSetChain.of(DimensionSetVersion.of(Preset.GAMING_DEFAULT));
    private static final StreamRef STREAM =
            new StreamRef(new OrganizationId(new UUID(0, 1)), new StreamId(new UUID(0, 2)));

    private final Laboratory laboratory;
    private final Path file;
    private final Signals signals;
    private final KnownMoments known;
    private final GeminiProperties properties;

    /**
     * @param known what the model sees in place of what the server answers, when there is any
     * @param model where a server speaks Gemini's protocol
     */
    ModelRun(Laboratory laboratory, Path file, Signals signals, KnownMoments known, String model) {
        this.laboratory = laboratory;
        this.file = file;
        this.signals = signals;
        this.known = known;
        this.properties = new Binder(new MapConfigurationPropertySource(
                        Map.of("tldr.gemini.api-key", "none", "tldr.gemini.base-url", model)))
                .bind("tldr.gemini", GeminiProperties.class)
                .get();
    }

    /**
     * @param tokens of all requests, as the ledger writes them down
     * @param comparing those of them that comparing the finalists took
     */
    record Result(List<Window> windows, long tokens, long comparing, Selection selection) {
        double secondsAsked() {
            return windows.stream()
                    .mapToDouble(window -> window.range().duration())
                    .sum();
        }
    }

    Result with(Strategy strategy) {
        StreamOptions options = StreamOptions.DEFAULTS.withStrategy(strategy);
        List<Window> windows = WindowPlan.of(signals, signals.seconds(), SET, options);
        List<ModelCall> ledger = new ArrayList<>();
        List<ModelAnswer> answers = new ArrayList<>();
        List<Comparison> comparisons;
        AskedModel said;
        try (GeminiGateway gateway = new GeminiGateway(properties, Clock.systemUTC())) {
            for (Window window : windows) {
                answers.add(ask(gateway, window, ledger));
            }
            said = new AskedModel(SET, ProcessingModules.ALL, new ModelScores(answers, List.of()), Transcript.EMPTY);
            comparisons = compare(gateway, Finalists.of(signals, signals.seconds(), CHAIN, options, said), ledger);
        }
        return new Result(
                windows,
                tokens(ledger, EnumSet.allOf(Kind.class)),
                tokens(ledger, EnumSet.of(Kind.COMPARISON)),
                Decision.over(signals, signals.seconds(), CHAIN, options, said, comparisons)
                        .selection());
    }

    private static long tokens(List<ModelCall> ledger, Set<Kind> kinds) {
        return ledger.stream()
                .filter(call -> call.state() == State.CHARGED && kinds.contains(call.kind()))
                .map(ModelCall::usage)
                .mapToLong(usage -> usage.input() + usage.output())
                .sum();
    }

    private List<Comparison> compare(GeminiGateway gateway, List<Candidate> finalists, List<ModelCall> ledger) {
        if (finalists.isEmpty()) {
            return List.of();
        }
        FinalistQuestion question = new FinalistQuestion(finalists, true, false);
        List<Double> peaks = finalists.stream().map(Candidate::peak).toList();
        Outcome<Ranking> outcome = laboratory.withPictures(
                file,
                peaks,
                pictures -> gateway.compareFinalists(
                        STREAM,
                        question.finalists(number -> pictures.get(number - 1)),
                        properties.maxOutputTokens(),
                        ledger::add,
                        () -> {}));
        if (!(outcome instanceof Outcome.Answered<Ranking> answered)) {
            throw new IllegalStateException("the stand-in does not compare: " + outcome);
        }
        Outcome<Ranking> seen = known.areThere()
                ? new Outcome.Answered<>(known.order(finalists), answered.usage(), answered.cost())
                : outcome;
        return new AskedComparison(
                        question.key(properties.model()),
                        properties.model(),
                        question.seconds(),
                        ProcessingModules.ALL,
                        seen)
                .meaning().stream().toList();
    }

    private ModelAnswer ask(GeminiGateway gateway, Window window, List<ModelCall> ledger) {
        WindowQuestion about = new WindowQuestion(window.range(), signals, SET, ProcessingModules.ALL);
        return laboratory.withProxy(file, window.range(), clip -> {
            Question question = about.question(Words.OF_MOMENTS);
            Outcome<Answer> outcome = gateway.askWindow(
                    new WindowRequest(STREAM, window.number(), question, clip, properties.maxOutputTokens()),
                    ledger::add,
                    () -> {});
            if (!(outcome instanceof Outcome.Answered<Answer> answered)) {
                throw new IllegalStateException("the stand-in has no answer: " + outcome);
            }
            Answer answer = known.areThere() ? known.about(question, window.range()) : answered.answer();
            return new ModelAnswer(
                    window.range(),
                    Objects.requireNonNull(
                            about.meaning(window.number(), answer, null).moments()));
        });
    }
}
