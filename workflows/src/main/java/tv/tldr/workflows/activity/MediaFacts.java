package tv.tldr.workflows.activity;

import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.scoring.ProcessingModules;

/**
 * What is in a recording? Stream time 0 is {@code startTime} on the container's clock, which may be negative.
 *
 * @param duration seconds, greater than 0
 * @param startTime first presentation timestamp of any used track on the container's clock, seconds
 * @param format FFmpeg's name of the container, such as {@code mov,mp4,m4a,3gp,3g2,mj2}
 * @param missing seconds that the file says it has after its last packet: it was cut off; 0 when it is whole
 * @param video null without a picture
 * @param audio null without sound
 */
public record MediaFacts(
        double duration,
        double startTime,
        String format,
        double missing,
        @Nullable Video video,
        @Nullable Audio audio) {
    /**
     * @param index FFmpeg's stream index of the track used
     * @param width pixels, after rotation
     * @param height pixels, after rotation
     * @param rotation degrees clockwise that a player turns the picture: 0, 90, 180, 270
     * @param frameRate average frames a second
     * @param variableFrameRate whether frames are unevenly spaced
     */
    public record Video(
            int index,
            String codec,
            int width,
            int height,
            int rotation,
            double frameRate,
            boolean variableFrameRate) {}

    /** What a model is shown of it: only the tracks that {@code modules} leave on. */
    public MediaFacts shown(ProcessingModules modules) {
        return new MediaFacts(
                duration, startTime, format, missing, modules.video() ? video : null, modules.audio() ? audio : null);
    }

    /** @param index FFmpeg's stream index of the track used */
    public record Audio(int index, String codec, int sampleRate, int channels) {}
}
