package tv.tldr.workflows.stream;

import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.activity.MediaFacts;

/**
 * Why did something about a stream go wrong, in words for its owner?
 *
 * @param code a documented code, such as {@code SOURCE_NOT_MEDIA}
 * @param message what, why and how to mend it; no secret, no stack trace
 */
public record StreamError(String code, String message) {
    /** Of a source whose end is missing; what is there of it is analysed all the same. */
    static StreamError brokenOff(MediaFacts facts) {
        return new StreamError(
                FailureType.SOURCE_ENDED.name(),
                "the source breaks off at " + Segmentation.clock(facts.duration()) + " of "
                        + Segmentation.clock(facts.duration() + facts.missing())
                        + ": only that part was analysed; export or download it again for the whole");
    }
}
