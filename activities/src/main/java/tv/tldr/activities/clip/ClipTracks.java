package tv.tldr.activities.clip;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.media.FfmpegCommand;
import tv.tldr.activities.media.FfmpegFailure;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.workflows.stream.TimeRange;

/**
 * What is truly in a finished clip? Read back from the file, with edit lists and the encoder's run-up taken into account.
 *
 * @param picture when the first frame begins and the last one ends, seconds of the clip; null without frames
 * @param sound the same of the samples
 * @param comment what was written into it when it was cut
 */
record ClipTracks(@Nullable TimeRange picture, @Nullable TimeRange sound, String comment) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** @throws FfmpegFailure when it is no media file */
    static ClipTracks of(MediaInput clip, Ffmpeg ffmpeg, Path folder, Runnable heartbeat) {
        List<String> arguments = new ArrayList<>(List.of(
                "-show_entries",
                "stream=codec_type,start_time,duration:format_tags=comment",
                "-print_format",
                "json=compact=1"));
        arguments.addAll(clip.arguments());
        String json = ffmpeg.run(FfmpegCommand.ffprobe(folder, LIMIT, arguments), progress -> heartbeat.run())
                .stdout();
        try {
            JsonNode root = JSON.readTree(json);
            return new ClipTracks(
                    track(root, "video"),
                    track(root, "audio"),
                    root.path("format").path("tags").path("comment").asText());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("ffprobe wrote no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static @Nullable TimeRange track(JsonNode root, String type) {
        for (JsonNode stream : root.path("streams")) {
            double duration = stream.path("duration").asDouble();
            if (stream.path("codec_type").asText().equals(type) && duration > 0) {
                double start = Math.max(0, stream.path("start_time").asDouble());
                return new TimeRange(start, start + duration);
            }
        }
        return null;
    }

    boolean isEmpty() {
        return picture == null && sound == null;
    }

    /** Seconds of the clip from its first instant to the end of its last frame or sample. */
    double end() {
        return Math.max(picture == null ? 0 : picture.end(), sound == null ? 0 : sound.end());
    }

    /** Start of sound minus start of picture, seconds; 0 without one of them. */
    double audioOffset() {
        return picture == null || sound == null ? 0 : sound.start() - picture.start();
    }
}
