package tv.tldr.workflows.stream;

import java.util.Locale;

/** Which step is a stream at? In the order in which they come. */
public enum StreamStage {
    QUEUED,
    PROBING,
    RECORDING,
    MEASURING,
    LISTENING,
    ASKING,
    SELECTING,
    CUTTING,
    DONE;

    /** The word on the wire, lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
