package tv.tldr.activities.store;

import java.math.BigDecimal;

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
 * @param segmentsReused those of the measured that were measured for another stream of the same recording
 * @param aiRequests to the model, in all analyses of the stream; those that were not charged included
 * @param aiTokens taken by them, in and out; an estimate where no answer told
 * @param aiCostUsd of them by the price table, US dollars
 */
public record StreamStatistics(
        int candidates,
        int rejected,
        int highlights,
        double highlightSeconds,
        double averageConfidence,
        int segments,
        int segmentsMeasured,
        int segmentsReused,
        int aiRequests,
        long aiTokens,
        BigDecimal aiCostUsd) {
    public StreamStatistics {
        // What a worker of before these were told has written.
        aiCostUsd = aiCostUsd == null ? BigDecimal.ZERO : aiCostUsd;
    }
}
