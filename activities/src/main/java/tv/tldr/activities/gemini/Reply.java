package tv.tldr.activities.gemini;

import com.google.genai.types.Candidate;
import com.google.genai.types.Content;
import com.google.genai.types.FinishReason;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.MediaModality;
import com.google.genai.types.ModalityTokenCount;
import com.google.genai.types.Part;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What came back from the model: text, or why there is none? */
sealed interface Reply {
    /** A whole text. */
    record Text(String text) implements Reply {}

    /** Nothing, and no reason for it. */
    record Empty() implements Reply {}

    /** The limit of output tokens was reached in the middle of it. */
    record CutOff() implements Reply {}

    /** Google's filters refused the question or the answer. */
    record Blocked(String why) implements Reply {}

    static Reply of(GenerateContentResponse response) {
        Optional<String> refused = response.promptFeedback()
                .flatMap(feedback -> feedback.blockReason())
                .map(Object::toString);
        if (refused.isPresent()) {
            return new Blocked("Google's filters refused the question: " + refused.get());
        }
        Optional<Candidate> candidate =
                response.candidates().filter(all -> !all.isEmpty()).map(List::getFirst);
        if (candidate.isEmpty()) {
            return new Empty();
        }
        FinishReason.Known reason =
                candidate.get().finishReason().map(FinishReason::knownEnum).orElse(FinishReason.Known.STOP);
        String text = text(candidate.get());
        return switch (reason) {
            case SAFETY, RECITATION, BLOCKLIST, PROHIBITED_CONTENT, SPII, LANGUAGE ->
                new Blocked("Google's filters withheld the answer: " + reason);
            case MAX_TOKENS, CONTINUATION -> new CutOff();
            // What else there is concerns tools and pictures, or is new: the text decides.
            default -> text.isBlank() ? new Empty() : new Text(text);
        };
    }

    /** What Google counted; empty when it says nothing. */
    static Optional<TokenUsage> usage(GenerateContentResponse response) {
        return response.usageMetadata()
                .filter(usage -> usage.promptTokenCount().isPresent())
                .map(usage -> {
                    long video = of(usage, MediaModality.Known.VIDEO) + of(usage, MediaModality.Known.IMAGE);
                    long audio = of(usage, MediaModality.Known.AUDIO);
                    long prompt = usage.promptTokenCount().orElse(0);
                    long output = (long) usage.candidatesTokenCount().orElse(0)
                            + usage.thoughtsTokenCount().orElse(0);
                    return new TokenUsage(Math.max(0, prompt - video - audio), video, audio, output);
                });
    }

    private static long of(GenerateContentResponseUsageMetadata usage, MediaModality.Known modality) {
        return usage.promptTokensDetails().orElse(List.of()).stream()
                .filter(count -> count.modality()
                        .map(MediaModality::knownEnum)
                        .filter(modality::equals)
                        .isPresent())
                .map(ModalityTokenCount::tokenCount)
                .flatMap(Optional::stream)
                .mapToLong(Integer::longValue)
                .sum();
    }

    private static String text(Candidate candidate) {
        return candidate.content().flatMap(Content::parts).orElse(List.of()).stream()
                .filter(part -> !part.thought().orElse(false))
                .map(Part::text)
                .flatMap(Optional::stream)
                .collect(Collectors.joining());
    }
}
