package tv.tldr.workflows.selection;

import tv.tldr.workflows.scoring.ModelMoment;

/**
 * What the model calls a moment.
 *
 * @param title a few words
 * @param reason why it matters, one sentence; may be empty
 */
public record Said(String title, String reason) {
    static Said of(ModelMoment moment) {
        return new Said(moment.title(), moment.reason());
    }
}
