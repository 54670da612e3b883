package tv.tldr.activities.store;

/**
 * What came of a stream, in numbers?
 *
 * @param candidates moments that were considered
 * @param rejected those of them that a rule dropped
 * @param highlights highlights with a clip
 * @param highlightSeconds seconds of footage in them
 * @param averageConfidence of the highlights; 0 without any
 * @param segments segments that the recording has
 * @param segmentsMeasured those of them whose signals are stored
 */
public record StreamStatistics(
        int candidates,
        int rejected,
        int highlights,
        double highlightSeconds,
        double averageConfidence,
        int segments,
        int segmentsMeasured) {}
