package tv.tldr.activities.media;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.activity.MediaFacts.Audio;
import tv.tldr.workflows.activity.MediaFacts.Video;

/**
 * Which tracks of a file are used, and what do its headers say about them? Of several pictures the one marked as default,
 * then the largest; of several sounds the one marked as default, then the first. Cover art is no picture.
 *
 * @param start first presentation timestamp of a used track, seconds on the container's clock; infinite when unknown
 * @param end where the last used track ends, seconds on the container's clock; not a number when unknown
 */
record Tracks(
        String format,
        double start,
        double end,
        @Nullable JsonNode video,
        @Nullable JsonNode audio) {
    /** Headers round, and the last packet's length is not always told; less than this is nothing missing. Seconds. */
    private static final double LEAST_MISSING = 2;

    /** MP4 brands of still pictures (HEIC, AVIF), which are otherwise built like videos. */
    private static final Set<String> PICTURE_BRANDS = Set.of("avif", "heic", "heix", "heim", "heis", "mif1");

    /** Raw elementary streams have no header with a length: what ffprobe tells is a guess from the bit rate. */
    private static final Set<String> WITHOUT_CLOCK = Set.of("aac", "mp3", "ac3", "eac3", "dts", "amr");

    static Tracks of(JsonNode json) {
        JsonNode format = json.path("format");
        if (PICTURE_BRANDS.contains(
                format.path("tags").path("major_brand").asText("").strip())) {
            throw new NotMediaException("it is a picture: send a video or an audio file");
        }
        Optional<JsonNode> video = streams(json, "video")
                .filter(stream -> stream.path("width").asInt() > 0)
                .filter(stream ->
                        stream.path("disposition").path("attached_pic").asInt() == 0)
                .max(Comparator.<JsonNode>comparingInt(Tracks::isDefault).thenComparingLong(Tracks::pixels));
        Optional<JsonNode> audio = streams(json, "audio")
                .filter(stream -> stream.path("channels").asInt() > 0)
                .max(Comparator.<JsonNode>comparingInt(Tracks::isDefault)
                        .thenComparingInt(stream -> -stream.path("index").asInt()));
        if (video.isEmpty() && audio.isEmpty()) {
            throw new NotMediaException(
                    "it has no picture and no sound that can be decoded: send a video or an audio file");
        }
        video.filter(stream -> pixels(stream) > MediaInput.MOST_PIXELS).ifPresent(stream -> {
            throw new NotMediaException(
                    "its picture has " + stream.path("width").asLong() + " × "
                            + stream.path("height").asLong() + " pixels, and 7680 × 4320 are the most that is taken");
        });
        double formatStart = number(format, "start_time", 0);
        double start = used(video, audio)
                .mapToDouble(track -> number(track, "start_time", Double.POSITIVE_INFINITY))
                .min()
                .orElse(Double.POSITIVE_INFINITY);
        double end = used(video, audio)
                .mapToDouble(track -> number(track, "start_time", formatStart) + number(track, "duration", Double.NaN))
                .reduce(Double.NEGATIVE_INFINITY, Math::max);
        return new Tracks(
                format.path("format_name").asText(),
                start,
                Double.isNaN(end) ? formatStart + number(format, "duration", Double.NaN) : end,
                video.orElse(null),
                audio.orElse(null));
    }

    /** Whether a header says when the first of the used tracks begins. */
    boolean isStartKnown() {
        return Double.isFinite(start);
    }

    /** Whether a header says when the last of the used tracks ends, and has grounds for it. */
    boolean isEndKnown() {
        return Double.isFinite(end) && end > start && !WITHOUT_CLOCK.contains(format);
    }

    /** Whether files of this format can be put one behind the other, each with a clock of its own. */
    boolean mayBeJoined() {
        return format.equals("mpegts") || format.equals("mpeg");
    }

    boolean uses(String index) {
        return isVideo(index) || isTrack(audio, index);
    }

    boolean isVideo(String index) {
        return isTrack(video, index);
    }

    /** Whether the header knows how long the file is; others only estimate it from the bit rate. */
    private boolean hasIndex() {
        return isEndKnown() && (format.contains("mp4") || format.contains("matroska"));
    }

    /** @param unevenlySpaced whether the packets show frames at uneven distances */
    MediaFacts facts(double startTime, double duration, boolean unevenlySpaced) {
        double missing = hasIndex() ? Math.max(0, end() - startTime - duration) : 0;
        return new MediaFacts(
                duration,
                startTime,
                format,
                missing < LEAST_MISSING ? 0 : missing,
                videoFacts(unevenlySpaced),
                audioFacts());
    }

    private @Nullable Video videoFacts(boolean unevenlySpaced) {
        if (video == null) {
            return null;
        }
        int rotation = rotation(video);
        boolean sideways = rotation % 180 != 0;
        double average = ratio(video.path("avg_frame_rate").asText());
        double frameRate =
                average > 0 ? average : ratio(video.path("r_frame_rate").asText());
        return new Video(
                video.path("index").asInt(),
                video.path("codec_name").asText(),
                video.path(sideways ? "height" : "width").asInt(),
                video.path(sideways ? "width" : "height").asInt(),
                rotation,
                frameRate,
                unevenlySpaced);
    }

    private @Nullable Audio audioFacts() {
        return audio == null
                ? null
                : new Audio(
                        audio.path("index").asInt(),
                        audio.path("codec_name").asText(),
                        audio.path("sample_rate").asInt(),
                        audio.path("channels").asInt());
    }

    /** FFmpeg counts counter-clockwise; phones write quarter turns. */
    private static int rotation(JsonNode video) {
        for (JsonNode side : video.path("side_data_list")) {
            if (side.has("rotation")) {
                return (int) Math.floorMod(-Math.round(side.path("rotation").asDouble() / 90) * 90, 360L);
            }
        }
        return 0;
    }

    private static Stream<JsonNode> streams(JsonNode json, String type) {
        return StreamSupport.stream(json.path("streams").spliterator(), false)
                .filter(stream -> stream.path("codec_type").asText().equals(type))
                .filter(stream -> !stream.path("codec_name").asText("unknown").equals("unknown"));
    }

    private static Stream<JsonNode> used(Optional<JsonNode> video, Optional<JsonNode> audio) {
        return Stream.concat(video.stream(), audio.stream());
    }

    private static boolean isTrack(@Nullable JsonNode track, String index) {
        return track != null && track.path("index").asText().equals(index);
    }

    private static int isDefault(JsonNode stream) {
        return stream.path("disposition").path("default").asInt();
    }

    private static long pixels(JsonNode stream) {
        return stream.path("width").asLong() * stream.path("height").asLong();
    }

    private static double number(JsonNode node, String key, double otherwise) {
        return node.path(key).asDouble(otherwise);
    }

    private static double ratio(String text) {
        int slash = text.indexOf('/');
        try {
            double denominator = slash < 0 ? 1 : Double.parseDouble(text.substring(slash + 1));
            return denominator == 0 ? 0 : Double.parseDouble(slash < 0 ? text : text.substring(0, slash)) / denominator;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
