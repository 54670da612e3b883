package tv.tldr.api.streams;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.asking.CostForecast.Forecast;
import tv.tldr.activities.store.NewStream;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.stream.StreamError;

/**
 * What would come of a stream? What is not known without recording it is null.
 *
 * @param reachable whether the source opens and may be media
 * @param streamHours what it would count against the plan
 * @param aiRequests to the model, at most
 * @param aiCostUsd of them, at most, each answered the first time; the stream's budget is kept whatever this says
 * @param errors what would end the stream, or keep it from being taken; empty: nothing that can be seen from here
 */
record EstimateResponse(
        String sourceUrl,
        String platform,
        boolean reachable,
        @Nullable Long sizeBytes,
        @Nullable Double durationSeconds,
        @Nullable Video video,
        @Nullable Audio audio,
        @Nullable Double streamHours,
        @Nullable Integer aiRequests,
        @Nullable BigDecimal aiCostUsd,
        List<StreamError> errors) {
    private static final double SECONDS_AN_HOUR = 3600;

    /** @param codec as FFmpeg calls it */
    record Video(String codec, int width, int height, double frameRate) {}

    /** @param codec as FFmpeg calls it */
    record Audio(String codec, int sampleRate, int channels) {}

    static EstimateResponse of(
            NewStream wanted, long size, MediaFacts facts, Forecast forecast, List<StreamError> errors) {
        MediaFacts.Video video = facts.video();
        MediaFacts.Audio audio = facts.audio();
        return new EstimateResponse(
                wanted.source().url(),
                wanted.source().platform().wire(),
                true,
                size < 0 ? null : size,
                facts.duration(),
                video == null ? null : new Video(video.codec(), video.width(), video.height(), video.frameRate()),
                audio == null ? null : new Audio(audio.codec(), audio.sampleRate(), audio.channels()),
                facts.duration() / SECONDS_AN_HOUR,
                forecast.requests(),
                forecast.most().usd(),
                List.copyOf(errors));
    }

    static EstimateResponse ofUnknownLength(NewStream wanted, long size, List<StreamError> errors) {
        return unknown(wanted, true, size < 0 ? null : size, errors);
    }

    static EstimateResponse unreachable(NewStream wanted, List<StreamError> errors) {
        return unknown(wanted, false, null, errors);
    }

    private static EstimateResponse unknown(
            NewStream wanted, boolean reachable, @Nullable Long size, List<StreamError> errors) {
        return new EstimateResponse(
                wanted.source().url(),
                wanted.source().platform().wire(),
                reachable,
                size,
                null,
                null,
                null,
                null,
                null,
                null,
                List.copyOf(errors));
    }
}
