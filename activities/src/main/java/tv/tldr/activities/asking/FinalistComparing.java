package tv.tldr.activities.asking;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.activities.gemini.AskedKey;
import tv.tldr.activities.gemini.Budget;
import tv.tldr.activities.gemini.Budget.Verdict;
import tv.tldr.activities.gemini.GeminiException;
import tv.tldr.activities.gemini.GeminiGateway;
import tv.tldr.activities.gemini.GeminiProperties;
import tv.tldr.activities.gemini.Outcome;
import tv.tldr.activities.gemini.PictureCutter;
import tv.tldr.activities.gemini.Ranking;
import tv.tldr.activities.gemini.TokenUsage;
import tv.tldr.activities.media.MediaProperties;
import tv.tldr.activities.media.Workspace;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.store.AskedComparison;
import tv.tldr.workflows.activity.AskingActivities.CompareFinalists;
import tv.tldr.workflows.activity.AskingActivities.Compared;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.selection.Candidate;

/**
 * Has the model compare a stream's finalists, each with a picture of its peak. It looks first whether they were compared
 * before, and whether the money allows it.
 */
@Component
final class FinalistComparing {
    private final MediaProperties media;
    private final ObjectStore store;
    private final PictureCutter pictures;
    private final GeminiProperties gemini;
    private final AskingBooks books;
    private final Retries retries;

    FinalistComparing(
            MediaProperties media,
            ObjectStore store,
            PictureCutter pictures,
            GeminiProperties gemini,
            AskingBooks books) {
        this.media = media;
        this.store = store;
        this.pictures = pictures;
        this.gemini = gemini;
        this.books = books;
        this.retries = Retries.of(gemini);
    }

    Compared compare(CompareFinalists command, GeminiGateway model, Runnable heartbeat) {
        StreamRef stream = command.stream();
        List<Candidate> finalists = books.finalists(stream, command.duration(), command.options());
        if (finalists.isEmpty()) {
            return Compared.NOBODY;
        }
        ProcessingModules modules = command.options().modules();
        MediaFacts facts = command.recording().facts();
        boolean shown = facts.shown(modules).video() != null;
        FinalistQuestion question = new FinalistQuestion(finalists, shown, facts.audio() != null && !modules.audio());
        AskedKey key = question.key(gemini.model());
        Optional<AskedComparison> before = books.comparedBefore(stream, key);
        Bill bill = new Bill();
        if (before.isPresent()) {
            return compared(before.get(), bill);
        }
        try {
            Budget budget = gemini.budget().atMost(command.options().aiBudgetUsd());
            int mostOutput = affordable(stream, question, shown, model, budget);
            Outcome<Ranking> outcome = ask(command, question, mostOutput, model, budget, bill, heartbeat);
            AskedComparison asked = new AskedComparison(key, gemini.model(), question.seconds(), modules, outcome);
            books.save(stream, asked);
            return compared(asked, bill);
        } catch (SpentException spent) {
            return new Compared(finalists.size(), bill.microUsd(), spent.getMessage());
        } catch (GeminiException failure) {
            retries.throwUnlessOfTheQuestion(failure, () -> books.refusedFor(stream, null), ActivityFailures.attempt());
            return new Compared(finalists.size(), bill.microUsd(), failure.getMessage());
        }
    }

    /**
     * How long the answer may be, tokens. Before anything is cut: pictures that cannot be paid for need not be made.
     *
     * @throws SpentException when it cannot even be as long as it is expected to be
     */
    private int affordable(
            StreamRef stream, FinalistQuestion question, boolean shown, GeminiGateway model, Budget budget) {
        TokenUsage expected = model.estimate(question.finalists(number -> shown ? Path.of(name(number)) : null));
        TokenUsage longest = expected.answeredWith(gemini.maxOutputTokens());
        if (books.judged(stream, model.cost(longest), budget) instanceof Verdict.Allowed) {
            return gemini.maxOutputTokens();
        }
        if (books.judged(stream, model.cost(expected), budget) instanceof Verdict.Refused refused) {
            throw new SpentException(refused.explanation());
        }
        return (int) expected.output();
    }

    private Outcome<Ranking> ask(
            CompareFinalists command,
            FinalistQuestion question,
            int mostOutput,
            GeminiGateway model,
            Budget budget,
            Bill bill,
            Runnable heartbeat) {
        try (Workspace workspace = Workspace.open(media.scratchFolder(), media.scratchReserve())) {
            List<@Nullable Path> cut = cut(command, question.candidates(), workspace, heartbeat);
            return model.compareFinalists(
                    command.stream(),
                    question.finalists(number -> cut.get(number - 1)),
                    mostOutput,
                    call -> {
                        books.record(call, budget, heartbeat);
                        bill.add(call);
                    },
                    heartbeat);
        }
    }

    private List<@Nullable Path> cut(
            CompareFinalists command, List<Candidate> candidates, Workspace workspace, Runnable heartbeat) {
        Recording recording = command.recording();
        MediaFacts shown = recording.facts().shown(command.options().modules());
        return store.reading(
                new ObjectKey(recording.objectKey()), input -> cut(input, shown, candidates, workspace, heartbeat));
    }

    private List<@Nullable Path> cut(
            MediaInput input, MediaFacts shown, List<Candidate> candidates, Workspace workspace, Runnable heartbeat) {
        List<@Nullable Path> cut = new ArrayList<>();
        for (Candidate candidate : candidates) {
            String name = name(cut.size() + 1);
            cut.add(pictures.cut(input, shown, candidate.peak(), workspace.folder(), name, heartbeat)
                    .orElse(null));
        }
        return cut;
    }

    private static String name(int number) {
        return "finalist-" + number + ".jpg";
    }

    private static Compared compared(AskedComparison asked, Bill bill) {
        int finalists = asked.finalists().size();
        return switch (asked.outcome()) {
            case Outcome.Answered<Ranking> answered -> new Compared(finalists, bill.microUsd(), null);
            case Outcome.Unusable<Ranking> unusable -> new Compared(finalists, bill.microUsd(), unusable.explanation());
        };
    }
}
