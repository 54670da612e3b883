package tv.tldr.api.streams;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.activities.store.StreamStatistics;
import tv.tldr.workflows.account.Retention;
import tv.tldr.workflows.stream.StreamError;
import tv.tldr.workflows.stream.StreamProgress;
import tv.tldr.workflows.stream.StreamStatus;

/**
 * What does a client see of a stream?
 *
 * @param scoredWith id of the set that scored it: the one that was asked for, or one that it falls back on; null until it is
 *     scored, and when none could
 * @param analysis which analysis of it stands or is under way, from 1
 * @param pinned kept whatever the plan says
 * @param expiresAt when what is not pinned of it goes; null: it stays
 */
public record StreamResponse(
        String id,
        String sourceUrl,
        String platform,
        String status,
        boolean isLive,
        OptionsResponse options,
        Map<String, Object> metadata,
        Progress progress,
        @Nullable Double coverage,
        int highlightCount,
        @Nullable StreamStatistics statistics,
        @Nullable String emptyReason,
        List<StreamError> errors,
        @Nullable String scoredWith,
        int analysis,
        boolean pinned,
        @Nullable Instant expiresAt,
        String workflowId,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Double durationSeconds,
        @Nullable Double processingTimeSeconds) {

    /**
     * @param currentTimestamp seconds of the stream that are measured
     * @param totalDuration seconds; null until known
     * @param estimatedCompletion from the time taken so far; null before there is anything to go by
     * @param note what an operator should know, such as an error that is being retried
     */
    record Progress(
            double percentage,
            String stage,
            double currentTimestamp,
            @Nullable Double totalDuration,
            @Nullable Instant estimatedCompletion,
            int segmentsMeasured,
            int segments,
            int highlightsCut,
            int highlights,
            @Nullable String note) {
        private static final double TOO_EARLY_TO_TELL = 5;

        static Progress of(StreamRow row, Instant now) {
            StreamProgress progress = row.progress();
            return new Progress(
                    progress.percentage(),
                    progress.stage().wire(),
                    progress.currentTimestamp(),
                    progress.totalDuration() > 0 ? Double.valueOf(progress.totalDuration()) : null,
                    estimate(row, now),
                    progress.segmentsMeasured(),
                    progress.segments(),
                    progress.highlightsCut(),
                    progress.highlights(),
                    note(row));
        }

        private static @Nullable String note(StreamRow row) {
            return switch (row.place()) {
                case HELD -> "Waits for another stream of its batch to end: parallel_limit of them are under way.";
                case WAITING ->
                    "Waits for another stream of the organization to end: as many as its plan allows are in process.";
                case GRANTED -> row.progress().note();
            };
        }

        private static @Nullable Instant estimate(StreamRow row, Instant now) {
            double done = row.progress().percentage();
            Instant started = row.startedAt();
            if (started == null || row.status() != StreamStatus.PROCESSING || done < TOO_EARLY_TO_TELL) {
                return null;
            }
            double secondsSoFar = Duration.between(started, now).toMillis() / 1000.0;
            long secondsLeft = Math.max(1, Math.round(secondsSoFar * (100 - done) / done));
            return now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(secondsLeft);
        }
    }

    static StreamResponse of(StreamRow row, Instant now, Retention retention) {
        return new StreamResponse(
                row.ref().streamId().toString(),
                row.source().url(),
                row.source().platform().wire(),
                row.status().wire(),
                row.live(),
                OptionsResponse.of(row),
                row.metadata(),
                Progress.of(row, now),
                row.coverage(),
                row.highlightCount(),
                row.statistics(),
                row.emptyReason(),
                row.errors(),
                row.scoredWith(),
                row.analysis(),
                row.pinned(),
                retention
                        .expiry(row.completedAt(), row.pinned() || row.trimmed())
                        .orElse(null),
                row.workflowId(),
                row.createdAt(),
                row.startedAt(),
                row.completedAt(),
                row.duration(),
                row.processingTime());
    }
}
