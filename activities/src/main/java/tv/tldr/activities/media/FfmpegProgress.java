package tv.tldr.activities.media;

import java.util.Map;

/**
 * How far is a running FFmpeg?
 *
 * @param seconds of output written
 * @param bytes written
 * @param frames written
 * @param speed seconds of output each second; 0 when not known yet
 */
public record FfmpegProgress(double seconds, long bytes, long frames, double speed) {
    /** No news yet. */
    public static final FfmpegProgress NONE = new FfmpegProgress(0, 0, 0, 0);

    /** From one block of {@code -progress}, whose values may be {@code N/A}. */
    static FfmpegProgress of(Map<String, String> block) {
        return new FfmpegProgress(
                number(block, "out_time_us") / 1e6,
                (long) number(block, "total_size"),
                (long) number(block, "frame"),
                number(block, "speed"));
    }

    private static double number(Map<String, String> block, String key) {
        String text = block.getOrDefault(key, "").replace("x", "").trim();
        try {
            return text.isEmpty() ? 0 : Math.max(0, Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
