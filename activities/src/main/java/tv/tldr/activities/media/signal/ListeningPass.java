package tv.tldr.activities.media.signal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.media.FfmpegCommand;
import tv.tldr.activities.media.signal.LoudnessReader.Loudness;
import tv.tldr.workflows.activity.MediaFacts;

/**
 * The first run: lists the packets of the picture and decodes the sound, once, for FFmpeg's loudness meter and for our
 * spectra. About a hundredth of the cost of decoding the picture.
 */
final class ListeningPass {
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final String PACKETS = "packets.txt";
    private static final String SAMPLES = "sound.pcm";
    private static final String BLOCKS = "sound.txt";

    private final Ffmpeg ffmpeg;
    private final SegmentFiles files;

    ListeningPass(Ffmpeg ffmpeg, SegmentFiles files) {
        this.ffmpeg = ffmpeg;
        this.files = files;
    }

    /** @param heard null when the recording has no sound */
    record Result(Packets packets, Readings.@Nullable Heard heard) {}

    Result run(Runnable heartbeat) throws IOException {
        MediaFacts.Video video = files.facts().video();
        MediaFacts.Audio audio = files.facts().audio();
        List<String> arguments = new ArrayList<>(List.of("-max_error_rate", "1"));
        // Any packet will do to begin with: none is decoded but sound, where every packet is a keyframe.
        List<String> anyPacket = List.of("-seek2any", "1", "-threads", "1");
        arguments.addAll(files.openAt(files.seconds().first() - SegmentFiles.MARGIN, anyPacket));
        if (video != null) {
            double end = files.seconds().window().end() + SegmentFiles.LOOKAHEAD;
            arguments.addAll(files.listPackets(video, end, PACKETS));
        }
        if (audio != null) {
            arguments.addAll(listen(audio));
        }
        FfmpegCommand command = FfmpegCommand.ffmpeg(files.scratch(), LIMIT, arguments);
        double origin = files.facts().startTime();
        List<Loudness> loudness = ffmpeg.read(command, new LoudnessReader(origin), heartbeat);
        Packets packets = Packets.of(FrameListing.read(files.file(PACKETS), origin));
        if (audio == null) {
            return new Result(packets, null);
        }
        List<Listed> blocks = FrameListing.read(files.file(BLOCKS), origin);
        Sound sound = Sound.read(blocks, files.file(SAMPLES), files.soundFrom(), files.soundTo());
        return new Result(packets, new Readings.Heard(sound, loudness));
    }

    private List<String> listen(MediaFacts.Audio audio) {
        StringBuilder trim = new StringBuilder("atrim=end=" + FfmpegCommand.seconds(files.clock(files.soundTo())));
        if (files.soundFrom() > 0) {
            // Begins the meter's 100 ms blocks at the same instants, whichever window they are heard in.
            trim.append(":start=").append(FfmpegCommand.seconds(files.clock(files.soundFrom())));
        }
        String filters = "[0:" + audio.index() + "]" + trim
                + ",aresample=" + Sound.RATE
                + ",ebur128=metadata=1,ametadata=print:key=" + LoudnessReader.KEY + ":file=pipe\\\\:1"
                + ",aformat=sample_fmts=s16:channel_layouts=mono,asplit[samples][times]";
        return List.of(
                "-filter_complex",
                filters,
                "-map",
                "[samples]",
                "-f",
                "s16le",
                SAMPLES,
                "-map",
                "[times]",
                "-f",
                "framecrc",
                BLOCKS);
    }
}
