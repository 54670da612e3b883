package tv.tldr.workflows.stream;

import org.jspecify.annotations.Nullable;

/**
 * How far is a stream?
 *
 * @param status the state
 * @param stage what is being done now
 * @param percentage of the whole work, 0–100, never falling
 * @param currentTimestamp seconds of the stream that are measured
 * @param totalDuration seconds of the whole stream; 0 until known
 * @param segmentsMeasured how many segments are measured
 * @param segments how many there are; 0 until known
 * @param highlightsCut how many highlights have their clip
 * @param highlights how many were selected; 0 until known
 * @param note what an operator should know, such as an error that is being retried
 */
public record StreamProgress(
        StreamStatus status,
        StreamStage stage,
        double percentage,
        double currentTimestamp,
        double totalDuration,
        int segmentsMeasured,
        int segments,
        int highlightsCut,
        int highlights,
        @Nullable String note) {}
