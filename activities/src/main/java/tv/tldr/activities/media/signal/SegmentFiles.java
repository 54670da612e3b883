package tv.tldr.activities.media.signal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tv.tldr.activities.media.FfmpegCommand;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.workflows.activity.MediaFacts;

/**
 * From where to where is a window read, and into which files? Times go to FFmpeg on the container's own clock, untouched
 * ({@code -copyts}), so that a late track, an edit list or a clock that begins anywhere shifts nothing.
 *
 * @param input the recording
 * @param facts what is in it
 * @param seconds the window
 * @param scratch where FFmpeg writes
 */
record SegmentFiles(MediaInput input, MediaFacts facts, Seconds seconds, Path scratch) {
    /** Seconds heard before and after the window: the memory of every filter, swing and pause. */
    static final int MARGIN = 2;
    /** Seconds after the window in which the next keyframe is looked for, which tells what happened up to the edge. */
    static final int LOOKAHEAD = 12;

    /** Stream time on the container's clock, seconds. */
    double clock(double streamTime) {
        return facts.startTime() + streamTime;
    }

    /** Options that open the recording at {@code streamTime} or at the keyframe before; at its beginning from 0 on down. */
    List<String> openAt(double streamTime, List<String> options) {
        List<String> arguments = new ArrayList<>(List.of("-copyts", "-noaccurate_seek"));
        if (streamTime > 0 && clock(streamTime) > 0) {
            arguments.addAll(List.of("-seek_timestamp", "1", "-ss", FfmpegCommand.seconds(clock(streamTime))));
        }
        arguments.addAll(options);
        arguments.addAll(input.arguments());
        return arguments;
    }

    /** Options that list the packets of the picture, as they are, up to {@code end}, seconds of stream time. */
    List<String> listPackets(MediaFacts.Video video, double end, String name) {
        List<String> arguments = new ArrayList<>(List.of("-map", "0:" + video.index(), "-c", "copy"));
        arguments.addAll(List.of("-copyinkf", "-copypriorss", "1"));
        if (clock(end) > 0) {
            arguments.addAll(List.of("-to", FfmpegCommand.seconds(clock(end))));
        }
        arguments.addAll(List.of("-f", "framecrc", name));
        return arguments;
    }

    Path file(String name) {
        return scratch.resolve(name);
    }

    /** The whole second that sound is read from. */
    int soundFrom() {
        return Math.max(0, seconds.first() - MARGIN);
    }

    /** The whole second that sound is read to. */
    int soundTo() {
        return seconds.first() + seconds.count() + MARGIN;
    }
}
