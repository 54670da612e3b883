package tv.tldr.workflows.transcript;

import java.util.Locale;

/** Who wrote a line down? */
public enum TranscriptSource {
    /** A language model that was shown the stream; the line's times are those of the speech measured there. */
    MODEL,
    /** A speech recogniser; the line's times are its own. */
    RECOGNIZER;

    /** The word on the wire, lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
