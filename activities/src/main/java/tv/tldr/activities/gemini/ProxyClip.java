package tv.tldr.activities.gemini;

import java.nio.file.Path;

/**
 * A small copy of a window, made for a model to look at.
 *
 * @param size bytes
 * @param duration seconds
 * @param framesPerSecond that the model is to look at; 0 without a picture
 * @param sound whether it has any
 */
public record ProxyClip(
        Path file, String mimeType, long size, double duration, double framesPerSecond, boolean sound) {}
