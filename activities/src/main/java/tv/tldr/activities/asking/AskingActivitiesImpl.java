package tv.tldr.activities.asking;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.spring.boot.ActivityImpl;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.activities.gemini.Answer;
import tv.tldr.activities.gemini.AskedKey;
import tv.tldr.activities.gemini.Budget;
import tv.tldr.activities.gemini.Budget.Verdict;
import tv.tldr.activities.gemini.GeminiException;
import tv.tldr.activities.gemini.GeminiGateway;
import tv.tldr.activities.gemini.GeminiProperties;
import tv.tldr.activities.gemini.ProxyClip;
import tv.tldr.activities.gemini.ProxyCutter;
import tv.tldr.activities.gemini.ProxyCutter.Detail;
import tv.tldr.activities.gemini.Question;
import tv.tldr.activities.gemini.TokenUsage;
import tv.tldr.activities.gemini.WindowRequest;
import tv.tldr.activities.gemini.Words;
import tv.tldr.activities.media.FfmpegFailure;
import tv.tldr.activities.media.MediaProperties;
import tv.tldr.activities.media.Workspace;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.store.AskedWindow;
import tv.tldr.workflows.TaskQueues;
import tv.tldr.workflows.activity.AskingActivities;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.asking.Window;
import tv.tldr.workflows.stream.StreamOptions;

/**
 * Asks the model about planned windows, and about the finalists side by side. Before each question it looks whether it was
 * answered before and whether the money allows it; where all frames are too dear it asks with fewer, and says so.
 */
@Component
@ActivityImpl(workers = TaskQueues.ANALYSIS)
public class AskingActivitiesImpl implements AskingActivities {
    private static final String UNUSABLE = "the model's answer cannot be used, and is not asked for once more: ";

    private final MediaProperties media;
    private final ObjectStore store;
    private final ProxyCutter cutter;
    private final ObjectProvider<GeminiGateway> gateway;
    private final GeminiProperties gemini;
    private final AskingBooks books;
    private final FinalistComparing comparing;
    private final Retries retries;

    public AskingActivitiesImpl(
            MediaProperties media,
            ObjectStore store,
            ProxyCutter cutter,
            ObjectProvider<GeminiGateway> gateway,
            GeminiProperties gemini,
            AskingBooks books,
            FinalistComparing comparing) {
        this.media = media;
        this.store = store;
        this.cutter = cutter;
        this.gateway = gateway;
        this.gemini = gemini;
        this.books = books;
        this.comparing = comparing;
        this.retries = Retries.of(gemini);
    }

    @Override
    public Asked askWindow(AskWindow command) {
        ActivityExecutionContext context = Activity.getExecutionContext();
        return ActivityFailures.classify("Asking the model", () -> ask(command, () -> context.heartbeat("asking")));
    }

    @Override
    public Compared compareFinalists(CompareFinalists command) {
        ActivityExecutionContext context = Activity.getExecutionContext();
        return ActivityFailures.classify(
                "Comparing the finalists",
                () -> comparing.compare(command, model(), () -> context.heartbeat("comparing")));
    }

    private GeminiGateway model() {
        GeminiGateway model = gateway.getIfAvailable();
        if (model == null) {
            throw ActivityFailures.permanent(
                    FailureType.AI_REFUSED, "there is no key to Gemini: set GEMINI_API_KEY, or choose rule_based");
        }
        return model;
    }

    private Asked ask(AskWindow command, Runnable heartbeat) throws Exception {
        GeminiGateway model = model();
        Window window = books.window(command.stream(), command.window());
        WindowQuestion about = new WindowQuestion(
                window.range(),
                books.signals(command.stream(), command.recording().facts().duration()),
                books.dimensionSet(command.stream(), command.options()),
                command.options().modules());
        Question question = about.question(words(command.options()));
        for (Detail detail : List.of(Detail.FULL, Detail.FEWER_FRAMES)) {
            Optional<AskedWindow> before = books.before(command.stream(), key(command, window, question, detail));
            if (before.isPresent()) {
                books.saveMeaning(command.stream(), window.number(), before.get(), about);
                return asked(before.get().outcome(), new Bill());
            }
        }
        Bill bill = new Bill();
        try {
            return pay(command, window, about, question, model, bill, heartbeat);
        } catch (GeminiException failure) {
            return refused(command, failure, bill);
        } catch (FfmpegFailure failure) {
            if (FailureType.PROCESSING_ERROR.isWorthRetrying(ActivityFailures.attempt())) {
                throw failure;
            }
            return unusable(command, "this part of the recording cannot be shown to the model: it is damaged", bill);
        }
    }

    private Asked pay(
            AskWindow command,
            Window window,
            WindowQuestion about,
            Question question,
            GeminiGateway model,
            Bill bill,
            Runnable heartbeat)
            throws Exception {
        MediaFacts facts = shown(command);
        Budget budget = gemini.budget().atMost(command.options().aiBudgetUsd());
        String refusal = null;
        try (Workspace workspace = Workspace.open(media.scratchFolder(), media.scratchReserve())) {
            for (Manner manner : Manner.dearestFirst(facts)) {
                // Only once a better one cannot be paid: all frames were looked for before.
                Optional<AskedWindow> earlier = refusal == null
                        ? Optional.empty()
                        : books.usable(command.stream(), key(command, window, question, manner.detail()));
                if (earlier.isPresent()) {
                    books.saveMeaning(command.stream(), window.number(), earlier.get(), about);
                    return asked(earlier.get().outcome(), bill);
                }
                TokenUsage reserved = reserved(model, question, window, facts, manner);
                Verdict verdict = books.judged(command.stream(), model.cost(reserved), budget);
                if (manner.length() == Manner.Length.LONGEST && !(verdict instanceof Verdict.Allowed)) {
                    continue;
                }
                if (verdict instanceof Verdict.Refused refused) {
                    refusal = refused.explanation();
                    continue;
                }
                ProxyClip clip = store.reading(
                        new ObjectKey(command.recording().objectKey()),
                        input -> cutter.cut(
                                input,
                                facts,
                                window.range(),
                                manner.detail(),
                                workspace.folder(),
                                done -> heartbeat.run()));
                try {
                    var outcome = model.askWindow(
                            new WindowRequest(
                                    command.stream(), window.number(), question, clip, (int) reserved.output()),
                            call -> {
                                books.record(call, budget, heartbeat);
                                bill.add(call);
                            },
                            answer -> books.save(
                                    command.stream(),
                                    new AskedWindow(
                                            window.number(),
                                            key(command, window, question, manner.detail()),
                                            gemini.model(),
                                            answer,
                                            manner.degraded()),
                                    about),
                            heartbeat);
                    return asked(outcome, bill);
                } catch (SpentException spent) {
                    if (spent.isOfRepair()) {
                        return unusable(command, UNUSABLE + spent.getMessage(), bill);
                    }
                    refusal = spent.getMessage();
                }
            }
        }
        return new Asked(Outcome.SPENT, bill.microUsd(), refusal);
    }

    /** Wake words are said anywhere, not only in moments that the model would name; without sound nothing is said. */
    static Words words(StreamOptions options) {
        if (!options.modules().audio()) {
            return Words.NONE;
        }
        return options.wakeWords().isEmpty() ? Words.OF_MOMENTS : Words.ALL;
    }

    private static MediaFacts shown(AskWindow command) {
        return command.recording().facts().shown(command.options().modules());
    }

    private AskedKey key(AskWindow command, Window window, Question question, Detail detail) {
        MediaFacts all = command.recording().facts();
        MediaFacts shown = shown(command);
        boolean unseen = all.video() != null && shown.video() == null;
        boolean muted = all.audio() != null && shown.audio() == null;
        return AskedKey.of(gemini.model(), window.range(), question, unseen ? 0 : detail.framesPerSecond(), muted);
    }

    /** What a question may take at most: its answer is cut off there. */
    private TokenUsage reserved(
            GeminiGateway model, Question question, Window window, MediaFacts facts, Manner manner) {
        TokenUsage expected = model.estimate(
                question,
                window.range().duration(),
                facts.video() == null ? 0 : manner.detail().framesPerSecond(),
                facts.audio() != null);
        return switch (manner.length()) {
            case LONGEST -> expected.answeredWith(gemini.maxOutputTokens());
            case EXPECTED -> expected;
        };
    }

    private static Asked asked(tv.tldr.activities.gemini.Outcome<Answer> outcome, Bill bill) {
        return switch (outcome) {
            case tv.tldr.activities.gemini.Outcome.Answered<Answer> answered ->
                new Asked(Outcome.ANSWERED, bill.microUsd(), null);
            case tv.tldr.activities.gemini.Outcome.Unusable<Answer> unusable ->
                new Asked(Outcome.UNUSABLE, bill.microUsd(), unusable.explanation());
        };
    }

    private Asked unusable(AskWindow command, String reason, Bill bill) {
        books.saveUnusable(command.stream(), command.window(), reason);
        return new Asked(Outcome.UNUSABLE, bill.microUsd(), reason);
    }

    private Asked refused(AskWindow command, GeminiException failure, Bill bill) {
        retries.throwUnlessOfTheQuestion(
                failure, () -> books.refusedFor(command.stream(), command.window()), ActivityFailures.attempt());
        String message = String.valueOf(failure.getMessage());
        return failure instanceof GeminiException.QuotaExhausted
                ? new Asked(Outcome.SPENT, bill.microUsd(), message)
                : unusable(command, message, bill);
    }
}
