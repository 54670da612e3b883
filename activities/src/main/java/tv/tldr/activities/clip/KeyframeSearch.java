package tv.tldr.activities.clip;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.media.FfmpegCommand;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.workflows.activity.MediaFacts;

/**
 * Where must reading begin, so that the frame at a given time can be decoded? MP4 and Matroska know their keyframes, and
 * FFmpeg finds the right one. In a transport stream it lands on any packet, and the picture would begin up to a group of
 * frames too late: there the packets are looked through backwards until a keyframe is found.
 */
final class KeyframeSearch {
    private static final Set<String> WITHOUT_INDEX = Set.of("mpegts", "mpeg", "flv");
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final double FIRST_LOOK = 4;
    private static final double WIDER = 4;
    /** Seeking goes by decoding times, which FFmpeg guesses for frames that are shown later than they are decoded. */
    private static final double RUN_UP = 0.4;

    private final Ffmpeg ffmpeg;

    KeyframeSearch(Ffmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    /**
     * @param time of the first frame that is wanted, on the container's clock
     * @return where to seek to; empty: read from the beginning
     */
    OptionalDouble seekPoint(MediaInput input, MediaFacts facts, double time, Path folder, Runnable heartbeat) {
        if (time - RUN_UP <= facts.startTime()) {
            return OptionalDouble.empty();
        }
        if (facts.video() == null || !WITHOUT_INDEX.contains(facts.format())) {
            return OptionalDouble.of(time);
        }
        for (double look = FIRST_LOOK; time - look > facts.startTime(); look *= WIDER) {
            double from = time - look;
            List<String> arguments = new ArrayList<>(List.of(
                    "-select_streams",
                    Integer.toString(facts.video().index()),
                    "-show_entries",
                    "packet=pts_time,dts_time,flags",
                    "-read_intervals",
                    String.format(Locale.ROOT, "%.3f%%%.3f", from, time + RUN_UP),
                    "-print_format",
                    "csv=p=0"));
            arguments.addAll(input.arguments());
            OptionalDouble found = ffmpeg.read(
                    FfmpegCommand.ffprobe(folder, LIMIT, arguments), packets -> lastKeyframe(packets, time), heartbeat);
            if (found.isPresent()) {
                double seek = found.getAsDouble() - RUN_UP;
                return seek <= facts.startTime() ? OptionalDouble.empty() : OptionalDouble.of(seek);
            }
        }
        return OptionalDouble.empty();
    }

    /** When the last keyframe that is shown at {@code latest} or before is decoded. */
    private static OptionalDouble lastKeyframe(InputStream packets, double latest) throws IOException {
        OptionalDouble found = OptionalDouble.empty();
        BufferedReader reader = new BufferedReader(new InputStreamReader(packets, StandardCharsets.US_ASCII));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            String[] columns = line.split(",", -1);
            if (columns.length >= 3 && columns[2].startsWith("K")) {
                double decoded = number(columns[1]);
                double shown = Double.isNaN(number(columns[0])) ? decoded : number(columns[0]);
                if (shown <= latest) {
                    found = OptionalDouble.of(decoded <= shown ? decoded : shown);
                }
            }
        }
        return found;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
