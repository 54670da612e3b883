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
    /** Of a stream that the model was not asked all about: what that would cost is not there. */
    static StreamError spent(String reason) {
        return new StreamError(
                FailureType.AI_BUDGET_SPENT.name(),
                reason
                        + "; rules score what the model was not asked about: with more money, or on another day, reanalyze"
                        + " asks about it");
    }

    /** Of a stream about which the model was asked and gave no answer that can be used. */
    static StreamError unusable(int windows) {
        return new StreamError(
                FailureType.AI_UNUSABLE.name(),
                "the model gave no usable answer about any of the " + windows
                        + " parts of the stream that it was shown; rules score them, and degraded of each moment says why");
    }

    /** Of a source whose end is missing; what is there of it is analysed all the same. */
    static StreamError brokenOff(MediaFacts facts) {
        return new StreamError(
                FailureType.SOURCE_ENDED.name(),
                "the source breaks off at " + Segmentation.clock(facts.duration()) + " of "
                        + Segmentation.clock(facts.duration() + facts.missing())
                        + ": only that part was analysed; export or download it again for the whole");
    }
}
