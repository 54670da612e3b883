package tv.tldr.api.streams;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tv.tldr.api.http.Fields;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.scoring.Strategy;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.wakeword.WakeWords;

/** Which wake words does a request give, and can anybody hear them? */
final class WakeWordReader {
    private static final String NAME = "wake_words";
    private static final int LONGEST = 60;

    private WakeWordReader() {}

    /**
     * @param listeners who might hear them
     * @param set what the stream is scored by
     * @param usual those of a request that gives none
     */
    static List<String> read(
            Fields options,
            Strategy strategy,
            Listeners listeners,
            DimensionSet set,
            ProcessingModules modules,
            List<String> usual) {
        Optional<List<String>> wanted = options.texts(NAME, StreamOptions.MOST_WAKE_WORDS, LONGEST);
        if (wanted.isEmpty()) {
            boolean heard = modules.audio() && (strategy.asksModel() || listeners.recognizer());
            return heard ? usual : List.of();
        }
        List<String> given = wanted.get();
        List<String> sayable = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            if (WakeWords.canBeSaid(given.get(i))) {
                sayable.add(given.get(i).strip());
            } else {
                options.refuse(NAME + "[" + i + "]", "must have a letter or a digit: nobody can say it");
            }
        }
        if (!given.isEmpty()) {
            deafness(strategy, listeners, set, modules).ifPresent(reason -> options.refuse(NAME, reason));
        }
        return WakeWords.distinct(sayable);
    }

    /** Why nothing that is said would be written down, and what to do about it; empty when there is a source of transcript. */
    private static Optional<String> deafness(
            Strategy strategy, Listeners listeners, DimensionSet set, ProcessingModules modules) {
        if (!modules.audio()) {
            return Optional.of("cannot be heard while processing_modules.audio_analysis is false: nobody listens;"
                    + " set it to true, or leave wake_words out");
        }
        if (listeners.recognizer()) {
            return Optional.empty();
        }
        if (!listeners.model()) {
            return Optional.of(
                    "cannot be heard: a model or a speech recogniser writes down what is said, and neither is"
                            + " configured; set GEMINI_API_KEY or VOSK_MODEL_PATH, or leave wake_words out");
        }
        if (!strategy.asksModel()) {
            return Optional.of(
                    "cannot be heard with the strategy rule_based, which listens to nobody; choose ai_only, which"
                            + " hears all of the stream, or hybrid, which hears the parts that it asks about, or set"
                            + " VOSK_MODEL_PATH");
        }
        if (set.askedDimensions(ProcessingModules.ALL).isEmpty()) {
            return Optional.of("cannot be heard: all dimensions of " + set.id()
                    + " prefer rules, so that the model is not asked; let one of them not prefer rules");
        }
        return set.askedDimensions(modules).isEmpty()
                ? Optional.of(
                        "cannot be heard while processing_modules.video_analysis is false: what the model is asked about"
                                + " along " + set.id()
                                + " shows in the picture alone, so that it is not asked; set it to true, or"
                                + " leave wake_words out")
                : Optional.empty();
    }
}
