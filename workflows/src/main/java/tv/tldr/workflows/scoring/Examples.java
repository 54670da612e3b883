package tv.tldr.workflows.scoring;

import org.jspecify.annotations.Nullable;

/** What would score high, medium and low, in a customer's words; told to the model. Each may be null. */
public record Examples(
        @Nullable String high,
        @Nullable String medium,
        @Nullable String low) {
    /** Nothing told. */
    public static final Examples NONE = new Examples(null, null, null);
}
