package tv.tldr.activities.speech;

import tv.tldr.workflows.stream.TimeRange;

/**
 * A word that a recogniser heard.
 *
 * @param range in the sound that it was given; in stream time once that is known
 * @param confidence of the recogniser, 0–1
 */
public record SpokenWord(String text, TimeRange range, double confidence) {
    /** Whether it stands for something that somebody said: a noise, a filler or a mark of the model's own has no letter. */
    boolean isSpeech() {
        boolean isMark = text.startsWith("[") || text.startsWith("<");
        return !isMark && text.codePoints().anyMatch(Character::isLetterOrDigit);
    }

    /** The same word in sound that begins at {@code offset}, seconds. */
    SpokenWord shifted(double offset) {
        return new SpokenWord(text, new TimeRange(range.start() + offset, range.end() + offset), confidence);
    }
}
