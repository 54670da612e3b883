package tv.tldr.activities.media.signal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.media.FfmpegCommand;
import tv.tldr.workflows.activity.MediaFacts;

/**
 * The second run: decodes the pictures of a {@link PicturePlan} and keeps them small. Without the loop filter and, in a
 * full decode, without frames that no other one needs: the small pictures are the same within two percent.
 */
final class PicturePass {
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final String KEYFRAMES = "keyframes.txt";
    private static final String PICTURES = "pictures.rgb";
    private static final String TIMES = "pictures.txt";
    /** Keyframes are a small thing, and other segments keep the other cores busy: one thread costs a fifth less. */
    private static final String THREADS_FOR_KEYFRAMES = "1";

    private static final String THREADS = "2";
    /** Pictures are compared with those up to 1.5 s away. */
    private static final double NEIGHBOURS = 1.75;

    private final Ffmpeg ffmpeg;
    private final SegmentFiles files;
    private final Seconds seconds;

    PicturePass(Ffmpeg ffmpeg, SegmentFiles files) {
        this.ffmpeg = ffmpeg;
        this.files = files;
        this.seconds = files.seconds();
    }

    /** @param keyframes their packets, as far as they were decoded */
    record Result(Pictures pictures, List<Listed> keyframes) {
        /**
         * Whether the decoder could do with keyframes alone. FFmpeg's cannot in H.264 with open GOPs: it loses most
         * pictures, and mistakes the times of the rest.
         */
        boolean isWhole() {
            return pictures.isAscending() && pictures.count() * 2 >= keyframes.size();
        }
    }

    /** The keyframe that decoding the window has to begin at; none when there is none. */
    List<Listed> keyframeBefore(Runnable heartbeat) throws IOException {
        List<String> arguments = new ArrayList<>(files.openAt(from(PicturePlan.THOROUGH), List.of()));
        arguments.addAll(List.of("-map", "0:" + video().index(), "-c", "copy", "-copypriorss", "1", "-frames:v", "1"));
        arguments.addAll(List.of("-f", "framecrc", KEYFRAMES));
        run(arguments, heartbeat);
        return FrameListing.read(files.file(KEYFRAMES), files.facts().startTime());
    }

    Result run(PicturePlan plan, Packets packets, Runnable heartbeat) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-max_error_rate", "1"));
        switch (plan) {
            case NOTHING -> {
                return new Result(Pictures.none(), List.of());
            }
            case KEYFRAMES -> {
                arguments.addAll(open(plan, List.of("-bsf:v", keyframesOnly())));
                double end = untilNextKeyframe(packets);
                arguments.addAll(files.listPackets(video(), end, KEYFRAMES));
                arguments.addAll(shrink("", end));
            }
            case SPARSE, THOROUGH -> {
                arguments.addAll(open(plan, List.of("-skip_frame", "noref")));
                arguments.addAll(
                        shrink(onePictureEach(1 / plan.rate()), seconds.window().end() + NEIGHBOURS));
            }
        }
        run(arguments, heartbeat);
        double origin = files.facts().startTime();
        Pictures pictures = Pictures.read(FrameListing.read(files.file(TIMES), origin), files.file(PICTURES));
        boolean isListed = plan == PicturePlan.KEYFRAMES;
        return new Result(pictures, isListed ? FrameListing.read(files.file(KEYFRAMES), origin) : List.of());
    }

    private void run(List<String> arguments, Runnable heartbeat) {
        ffmpeg.run(FfmpegCommand.ffmpeg(files.scratch(), LIMIT, arguments), progress -> heartbeat.run());
    }

    private List<String> open(PicturePlan plan, List<String> options) {
        String threads = plan == PicturePlan.KEYFRAMES ? THREADS_FOR_KEYFRAMES : THREADS;
        List<String> all = new ArrayList<>(List.of("-threads", threads, "-skip_loop_filter", "all", "-noautorotate"));
        all.addAll(options);
        return files.openAt(from(plan), all);
    }

    /** A second and more before the window, so that its first picture has one before it. */
    private double from(PicturePlan plan) {
        return seconds.window().start() - (plan == PicturePlan.KEYFRAMES ? 1 : SegmentFiles.MARGIN);
    }

    /**
     * The packets that reach the decoder: the first keyframe of each second of stream time, also where every frame is one.
     * Works for any codec, also for decoders that cannot skip.
     */
    private String keyframesOnly() {
        String time = "floor(if(eq(pts,nopts),dts,pts)*tb-("
                + FfmpegCommand.seconds(files.facts().startTime()) + ")+0.000001)+1000000";
        return "noise=drop='if(key*gt(" + time + ",ld(0)),0*st(0," + time + "),1)'";
    }

    /** The first picture of each span of stream time. */
    private String onePictureEach(double span) {
        String number = "-(" + FfmpegCommand.seconds(files.facts().startTime()) + ")+0.0001)/" + span + ")";
        return "select='isnan(prev_pts)+gt(floor((t" + number + ",floor((prev_pts*TB" + number + ")',";
    }

    private double untilNextKeyframe(Packets packets) {
        double end = seconds.window().end();
        return packets.keyframes().stream()
                        .mapToDouble(Listed::time)
                        .filter(time -> time >= end)
                        .findFirst()
                        .orElse(end)
                + 0.001;
    }

    private List<String> shrink(String select, double end) {
        // In the track's own unit, which may be a whole frame, the end would be rounded to before the last picture.
        String filters =
                "[0:" + video().index() + "]settb=1/1000000,trim=end=" + FfmpegCommand.seconds(files.clock(end))
                        + "," + select
                        + "scale=" + Pictures.WIDTH + ":" + Pictures.HEIGHT + ":flags=area,format=rgb24"
                        + ",split[pictures][times]";
        return List.of(
                "-filter_complex",
                filters,
                "-map",
                "[pictures]",
                "-fps_mode",
                "passthrough",
                "-f",
                "rawvideo",
                PICTURES,
                "-map",
                "[times]",
                "-fps_mode",
                "passthrough",
                "-enc_time_base",
                "1/1000000",
                "-f",
                "framecrc",
                TIMES);
    }

    private MediaFacts.Video video() {
        MediaFacts.Video video = files.facts().video();
        if (video == null) {
            throw new IllegalStateException("there is no picture to look at");
        }
        return video;
    }
}
