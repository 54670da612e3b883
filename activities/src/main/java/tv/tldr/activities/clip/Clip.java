package tv.tldr.activities.clip;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A finished clip in the working folder.
 *
 * @param file MP4, or M4A without picture
 * @param thumbnail JPEG at the peak; null without picture
 * @param tracks what is in the file
 */
record Clip(Path file, @Nullable Path thumbnail, ClipTracks tracks) {}
