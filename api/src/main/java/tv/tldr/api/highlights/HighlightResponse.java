package tv.tldr.api.highlights;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.FileLink.Kind;
import tv.tldr.activities.store.HighlightRow;
import tv.tldr.api.highlights.FileAddresses.Signer;
import tv.tldr.workflows.account.Retention;
import tv.tldr.workflows.activity.ClipActivities.CutClip;
import tv.tldr.workflows.activity.ClipActivities.StoredFile;
import tv.tldr.workflows.scoring.Contribution;
import tv.tldr.workflows.selection.Reckoning;

/**
 * What does a client see of a highlight? Times are seconds of the stream.
 *
 * @param reasons what made the score, in words
 * @param contributions the same in numbers; null in a list of the view {@code basic}
 * @param reckoning how its confidence comes about by its score; null in such a list, where nothing was measured, and in
 *     streams of before
 * @param recut the edges that it is to have when its clip is cut anew; null: none but these
 * @param degraded why less was asked of the model than was meant: rules scored in its place, or it saw fewer pictures; null
 *     otherwise
 * @param transcript what is said in it, by time; empty where nobody listened, too
 * @param signals what was measured in its best second, by signal
 * @param pinned kept whatever the plan says
 * @param expiresAt when it goes; null: it stays
 * @param version raised by each change, of people and of analyses: its ETag
 * @param clipUrl path of the clip on this server, signed and good for some hours; null until it is cut
 * @param thumbnailUrl path of the picture at the peak, as that; null until cut, or without picture
 */
record HighlightResponse(
        String id,
        String streamId,
        @Nullable String title,
        @Nullable String description,
        double startTime,
        double endTime,
        double duration,
        double peakTime,
        double confidenceScore,
        String type,
        List<String> tags,
        Map<String, DimensionResponse> dimensions,
        List<String> reasons,
        @Nullable List<Contribution> contributions,
        @Nullable Reckoning reckoning,
        Boundaries boundaries,
        @Nullable RecutResponse recut,
        @Nullable String degraded,
        List<SpokenLine> transcript,
        Map<String, Double> signals,
        int candidate,
        @Nullable String clipUrl,
        @Nullable String thumbnailUrl,
        @Nullable FileInfo fileInfo,
        String status,
        Map<String, Object> metadata,
        boolean pinned,
        @Nullable Instant expiresAt,
        long version,
        Instant createdAt) {

    /**
     * What was really cut?
     *
     * @param startTime where the clip's first frame stands
     * @param endTime where its last frame ends
     * @param audioOffset measured start of sound minus start of picture, seconds
     */
    record FileInfo(
            String contentType, long sizeBytes, String sha256, double startTime, double endTime, double audioOffset) {
        static FileInfo of(CutClip files) {
            StoredFile clip = files.clip();
            return new FileInfo(
                    MediaTypes.of(clip.objectKey()).toString(),
                    clip.sizeBytes(),
                    clip.sha256(),
                    files.start(),
                    files.end(),
                    files.audioOffset());
        }
    }

    static HighlightResponse of(HighlightRow row, View view, Signer signer, Retention retention) {
        CutClip files = row.files();
        return new HighlightResponse(
                row.id().toString(),
                row.stream().streamId().toString(),
                row.title(),
                row.description(),
                row.range().start(),
                row.range().end(),
                row.range().duration(),
                row.peak(),
                row.confidence(),
                row.type(),
                row.tags(),
                DimensionResponse.of(row.dimensions(), view),
                DimensionResponse.texts(row.reasons()),
                view == View.FULL ? row.reasons() : null,
                view == View.FULL ? row.reckoning() : null,
                Boundaries.of(row.start(), row.end()),
                RecutResponse.of(row.recut()),
                row.degraded(),
                SpokenLine.of(row.transcript()),
                row.signals(),
                row.candidate(),
                files == null ? null : signer.address(row.id(), Kind.CLIP),
                files == null || files.thumbnail() == null ? null : signer.address(row.id(), Kind.THUMBNAIL),
                files == null ? null : FileInfo.of(files),
                row.status(),
                row.metadata(),
                row.pinned(),
                retention.expiry(row.streamEnded(), row.pinned()).orElse(null),
                row.version(),
                row.createdAt());
    }
}
