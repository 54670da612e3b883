package tv.tldr.activities.clip;

import static tv.tldr.activities.media.FfmpegCommand.seconds;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import tv.tldr.activities.media.PictureScale;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.workflows.activity.MediaFacts.Audio;
import tv.tldr.workflows.activity.MediaFacts.Video;

/**
 * What is FFmpeg told, to cut one clip with its thumbnail in one run? Seeks only bring it near; what is kept is decided
 * by timestamps on the container's own clock, which is why {@code -copyts} and {@code -noaccurate_seek} are there.
 */
final class CutArguments {
    static final String MOVIE = "clip.mp4";
    static final String SOUND = "clip.m4a";
    static final String THUMBNAIL = "thumbnail.jpg";

    /**
     * At a given size of file {@code veryfast} looks as good as {@code faster}, and a second of 720p costs a third of
     * {@code medium}. CRF 21 is where a second generation of H.264 is hard to tell from the first.
     */
    private static final List<String> H264 = List.of(
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-crf",
            "21",
            "-pix_fmt",
            "yuv420p",
            "-fps_mode:v",
            "vfr",
            "-enc_time_base:v",
            "filter");

    /** A sample that lies further from its time than this is moved there, by silence or by leaving some out; seconds. */
    private static final double MOST_DRIFT = 0.02;

    /** Broadcasts and tapes may be interlaced; to look at each frame for it costs 3 %, so others are not looked at. */
    private static final Set<String> PERHAPS_INTERLACED =
            Set.of("mpegts", "mpeg", "mxf", "wtv", "avi", "mpeg2video", "dvvideo");

    /** All usual frame rates come out even on it, and the start can be subtracted without rounding to a frame. */
    private static final String FINE_CLOCK = "1/240000";

    private static final int HIGHEST_SAMPLE_RATE = 48_000;
    private static final int WIDEST_THUMBNAIL = 1280;

    private final ClipWindow window;
    private final Manner manner;
    private final SeekPoints seek;
    private final int threads;

    CutArguments(ClipWindow window, Manner manner, SeekPoints seek, int threads) {
        this.window = window;
        this.manner = manner;
        this.seek = seek;
        this.threads = threads;
    }

    /** The name of the clip's file in the working folder. */
    static String file(ClipWindow window, Manner manner) {
        return window.facts().video() == null || manner == Manner.SOUND_ALONE ? SOUND : MOVIE;
    }

    /** @param comment is written into the clip */
    List<String> of(MediaInput input, String comment) {
        Video video = manner == Manner.SOUND_ALONE ? null : window.facts().video();
        Audio audio = window.facts().audio();
        List<String> inputs = new ArrayList<>();
        List<String> filters = new ArrayList<>();
        List<String> clip = new ArrayList<>();
        List<String> thumbnail = new ArrayList<>();
        if (video != null) {
            inputs.addAll(input(input, seek.picture(), "-an"));
            filters.add("[0:" + video.index() + "]" + picture(video) + ",split[picture][peak]");
            filters.add("[peak]" + thumbnail() + "[thumbnail]");
            clip.addAll(List.of("-map", "[picture]"));
            clip.addAll(H264);
            clip.addAll(List.of("-threads:v", Integer.toString(threads)));
            thumbnail.addAll(List.of("-map", "[thumbnail]", "-frames:v", "1", "-q:v", "3", "-update", "1", THUMBNAIL));
        }
        if (audio != null) {
            inputs.addAll(input(input, seek.sound(), "-vn"));
            filters.add("[" + (video == null ? 0 : 1) + ":" + audio.index() + "]" + sound(audio) + "[sound]");
            clip.addAll(List.of("-map", "[sound]", "-c:a", "aac", "-b:a", audio.channels() == 1 ? "96k" : "160k"));
        }
        // However many packets are damaged, what can be decoded is wanted.
        List<String> all = new ArrayList<>(List.of("-copyts", "-max_error_rate", "1"));
        all.addAll(List.of("-filter_complex_threads", Integer.toString(threads)));
        all.addAll(inputs);
        all.addAll(List.of("-filter_complex", String.join(";", filters)));
        all.addAll(clip);
        all.addAll(List.of("-map_metadata", "-1", "-map_chapters", "-1", "-metadata", "comment=" + comment));
        all.addAll(List.of("-movflags", "+faststart", file(window, manner)));
        all.addAll(thumbnail);
        return all;
    }

    /** @param without {@code -an} or {@code -vn}: what this reading of the input does not have to look at */
    private List<String> input(MediaInput input, OptionalDouble seek, String without) {
        List<String> arguments = new ArrayList<>(List.of("-threads", Integer.toString(threads), without, "-sn", "-dn"));
        if (seek.isPresent()) {
            arguments.addAll(List.of("-seek_timestamp", "1", "-noaccurate_seek", "-ss", seconds(seek.getAsDouble())));
        }
        arguments.addAll(input.arguments());
        return arguments;
    }

    private String picture(Video video) {
        String even = video.width() % 2 + video.height() % 2 == 0 ? "" : ",crop=trunc(iw/2)*2:trunc(ih/2)*2";
        boolean interlaced =
                PERHAPS_INTERLACED.contains(window.facts().format()) || PERHAPS_INTERLACED.contains(video.codec());
        return (manner == Manner.FAITHFUL ? faithful() : gapsFilled(video))
                + (interlaced ? ",bwdif=mode=send_frame:deint=interlaced" : "")
                + even;
    }

    /** The frame nearest to the start is shown from the first instant on; all others keep their distance from it. */
    private String faithful() {
        double half = window.frame() / 2;
        String first = "eq(N,0)" + (window.isAtBeginning() ? "" : "*lt(T," + seconds(window.start() + half) + ")");
        return "trim=start=" + seconds(window.start() - half) + ":end=" + seconds(window.end() - half) + ",settb="
                + FINE_CLOCK + ",setpts='if(" + first + ",0,max(0," + sinceStart() + "))'";
    }

    private String gapsFilled(Video video) {
        String rate =
                window.isEven() ? Double.toString(video.frameRate()) : "'if(lt(source_fps,20),30,min(source_fps,60))'";
        return "settb=" + FINE_CLOCK + ",setpts=" + sinceStart() + ",tpad=stop_mode=clone:stop=-1,fps=fps=" + rate
                + ":start_time=0,trim=end="
                + seconds(window.duration());
    }

    private String sound(Audio audio) {
        boolean fromTheStart = manner == Manner.GAPS_FILLED || window.isAtBeginning();
        return "atrim=start=" + seconds(window.start()) + ":end=" + seconds(window.end()) + ",asetpts=" + sinceStart()
                + ",aresample=" + (audio.sampleRate() > HIGHEST_SAMPLE_RATE ? HIGHEST_SAMPLE_RATE + ":" : "")
                + "async=1:min_hard_comp=" + MOST_DRIFT + (fromTheStart ? ":first_pts=0" : "")
                + (audio.channels() > 2 ? ",aformat=channel_layouts=stereo" : "")
                + (manner == Manner.GAPS_FILLED ? ",apad=whole_dur=" + seconds(window.duration()) : "");
    }

    private String sinceStart() {
        return "PTS-round(" + seconds(window.start()) + "/TB)";
    }

    /** One frame alone, or all that follow would be converted in vain. Square pixels, brightness as JPEG has it. */
    private String thumbnail() {
        return "select='gte(t," + seconds(window.thumbnail()) + ")*not(selected_n)',"
                + PictureScale.jpeg(WIDEST_THUMBNAIL);
    }
}
