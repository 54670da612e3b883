package tv.tldr.activities.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.stream.StreamError;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.StreamProgress;
import tv.tldr.workflows.stream.StreamSource;
import tv.tldr.workflows.stream.StreamStatus;

/**
 * A stream as the database knows it.
 *
 * @param coverage part of the stream that was measured, 0–1; null until the end
 * @param statistics null until the end
 * @param emptyReason why a completed stream has no highlights
 * @param place what it waits for before it is started
 * @param workflowStartedAt when its workflow's start was acknowledged; null: the sweep will start it
 * @param stopRequestedAt when its workflow first noted a stop; null when none was asked for
 * @param recording the stored source; null until stored, and again when a failed stream's source was removed
 * @param media what is in the source; stays when the recording is removed
 * @param duration seconds of the stream; null until known
 * @param processingTime seconds from start to end; null until the end
 * @param dimensionSet the sets that it was submitted with, as they were then; null in rows of before: the preset of the options
 * @param scoredWith id of the set that scored it; null until then, and when none could
 * @param analysis which analysis of it stands or is under way, from 1
 * @param pinned kept whatever the plan says
 * @param trimmed whether its time was over and only its pinned highlights are left, for which it stays
 * @param version raised by every change but progress: the ETag
 */
public record StreamRow(
        StreamRef ref,
        StreamSource source,
        StreamStatus status,
        boolean live,
        StreamOptions options,
        Map<String, Object> metadata,
        StreamProgress progress,
        @Nullable Double coverage,
        int highlightCount,
        @Nullable StreamStatistics statistics,
        List<StreamError> errors,
        @Nullable String emptyReason,
        String workflowId,
        StreamPlace place,
        @Nullable Instant workflowStartedAt,
        @Nullable Instant stopRequestedAt,
        @Nullable Recording recording,
        @Nullable MediaFacts media,
        @Nullable Double duration,
        @Nullable Double processingTime,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        Instant updatedAt,
        @Nullable DimensionSetChain dimensionSet,
        @Nullable String scoredWith,
        int analysis,
        boolean pinned,
        boolean trimmed,
        long version) {}
