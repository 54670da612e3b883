package tv.tldr.activities.asking;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.gemini.ProxyCutter.Detail;
import tv.tldr.workflows.activity.MediaFacts;

/**
 * How much of a window is the model shown, and how long may it answer?
 *
 * @param degraded on how much less than all of the window an answer rests; null when the model is shown all
 */
record Manner(Detail detail, Length length, @Nullable String degraded) {
    private static final List<Manner> WHOLE =
            List.of(new Manner(Detail.FULL, Length.LONGEST, null), new Manner(Detail.FULL, Length.EXPECTED, null));

    private static final List<Manner> WITH_FEWER_FRAMES = List.of(
            WHOLE.getFirst(),
            WHOLE.getLast(),
            new Manner(
                    Detail.FEWER_FRAMES,
                    Length.EXPECTED,
                    "the model was shown a third of the frames: all of them would have gone beyond the budget"));

    /** How long may an answer be, which is reserved for it? */
    enum Length {
        /** As the settings say, when there is money for it at once: a model that thinks long is not cut off. */
        LONGEST,
        /** As it is expected to be. */
        EXPECTED
    }

    /**
     * From most to least to pay for. Of sound alone there are no fewer frames: it would be the same question for the same money,
     * and its answer would be said to rest on less than it does.
     *
     * @param shown what the model is shown of the recording
     */
    static List<Manner> dearestFirst(MediaFacts shown) {
        return shown.video() == null ? WHOLE : WITH_FEWER_FRAMES;
    }
}
