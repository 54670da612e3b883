package tv.tldr.activities.media;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.workflows.activity.MediaFacts;

/**
 * What is in a media file? Headers are believed where the packets bear them out: how long the recording is, and whether
 * its frames are evenly spaced, is looked up in the packets themselves, all of them only when a header says nothing or
 * turns out to be wrong.
 */
public final class Probe {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration HEADER_LIMIT = Duration.ofMinutes(2);
    /** Reading all packets is bound by the disk: even a slow one reads 100 GB in this time. */
    private static final Duration SCAN_LIMIT = Duration.ofHours(1);
    /** Seconds looked at from the start on, and before the end. */
    private static final double SAMPLE = 10;
    /** Seconds by which a header may miss the last packet; a longer miss means a lie or a file that was cut off. */
    private static final double TOLERANCE = 2;

    private final Ffmpeg ffmpeg;

    public Probe(Ffmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    /**
     * Reads headers and a few packets; all packets only if it must, and of formats that are joined by putting one file behind another.
     *
     * @param scratch the job's working folder
     * @param heartbeat called at least twice a second; what it throws ends the probe
     * @throws NotMediaException when the file holds no playable picture or sound
     */
    public MediaFacts probe(MediaInput input, Path scratch, Runnable heartbeat) {
        Tracks tracks = tracks(input, scratch, heartbeat);
        boolean whole = tracks.mayBeJoined() || !tracks.isEndKnown();
        PacketTimes times =
                whole ? scan(input, scratch, tracks, List.of(), heartbeat) : sample(input, scratch, tracks, heartbeat);
        if (tracks.mayBeJoined()) {
            times.jumpBack().ifPresent(Probe::refuseJoined);
        }
        double end = tracks.isEndKnown() ? tracks.end() : times.end();
        if (Math.abs(times.end() - end) > TOLERANCE) {
            PacketTimes all = whole ? times : scan(input, scratch, tracks, List.of(), heartbeat);
            end = all.end();
        }
        double start = tracks.isStartKnown() ? tracks.start() : times.start();
        if (!(end > start)) {
            throw new NotMediaException("it has the header of a media file, but no picture or sound in it: "
                    + "the recording may have been cut off; export or download it again");
        }
        return tracks.facts(start, end - start, times.unevenlySpaced());
    }

    /** Its times stand for several moments each: what is heard at one would be taken for what is seen at another. */
    private static void refuseJoined(double behind) {
        throw new NotMediaException(String.format(
                Locale.ROOT,
                "its clock starts again behind %.0f s: several recordings stand one behind the other in it; make one of them, "
                        + "such as with ffmpeg -i in.ts -c copy out.mkv",
                behind));
    }

    /**
     * What the headers say, believed and without a look at a packet; empty when they do not say how long it is.
     *
     * @throws NotMediaException when the file holds no playable picture or sound
     */
    public Optional<MediaFacts> headers(MediaInput input, Path scratch, Runnable heartbeat) {
        Tracks tracks = tracks(input, scratch, heartbeat);
        double start = tracks.isStartKnown() ? tracks.start() : 0;
        double duration = tracks.end() - start;
        return Double.isFinite(duration) && duration > 0
                ? Optional.of(tracks.facts(start, duration, false))
                : Optional.empty();
    }

    private Tracks tracks(MediaInput input, Path scratch, Runnable heartbeat) {
        List<String> arguments = new ArrayList<>(List.of("-print_format", "json", "-show_format", "-show_streams"));
        arguments.addAll(input.arguments());
        try {
            FfmpegOutput output =
                    ffmpeg.run(FfmpegCommand.ffprobe(scratch, HEADER_LIMIT, arguments), progress -> heartbeat.run());
            JsonNode json = JSON.readTree(output.stdout());
            return Tracks.of(json);
        } catch (FfmpegFailure e) {
            throw NotMediaException.because(e);
        } catch (JsonProcessingException e) {
            throw new NotMediaException("its description cannot be read: the file is damaged");
        }
    }

    private PacketTimes sample(MediaInput input, Path scratch, Tracks tracks, Runnable heartbeat) {
        double tail = tracks.end() - SAMPLE;
        if (tail < firstSecond(tracks) + 2 * SAMPLE) {
            return scan(input, scratch, tracks, List.of(), heartbeat);
        }
        String intervals = String.format(Locale.ROOT, "%%+%.0f,%.3f%%", SAMPLE, tail);
        return scan(input, scratch, tracks, List.of("-read_intervals", intervals), heartbeat);
    }

    private PacketTimes scan(MediaInput input, Path scratch, Tracks tracks, List<String> what, Runnable heartbeat) {
        List<String> arguments = new ArrayList<>(what);
        arguments.addAll(List.of(
                "-show_entries", "packet=stream_index,pts_time,dts_time,duration_time", "-print_format", "csv=p=0"));
        arguments.addAll(input.arguments());
        PacketTimes times = new PacketTimes(tracks, firstSecond(tracks) + SAMPLE);
        try {
            return ffmpeg.read(FfmpegCommand.ffprobe(scratch, SCAN_LIMIT, arguments), times::readAll, heartbeat);
        } catch (FfmpegFailure e) {
            throw NotMediaException.because(e);
        }
    }

    private static double firstSecond(Tracks tracks) {
        return tracks.isStartKnown() ? tracks.start() : 0;
    }
}
