package tv.tldr.activities.speech;

import java.util.Optional;

/** Who listens on this machine? Nobody, unless a speech model is set up. */
public record Ear(Optional<SpeechRecognizer> recognizer) {
    public static final Ear DEAF = new Ear(Optional.empty());

    public static Ear with(SpeechRecognizer recognizer) {
        return new Ear(Optional.of(recognizer));
    }
}
