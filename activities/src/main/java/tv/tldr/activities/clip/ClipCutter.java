package tv.tldr.activities.clip;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.media.FfmpegCommand;
import tv.tldr.activities.media.FfmpegFailure;
import tv.tldr.activities.storage.MediaInput;

/**
 * Cuts a window of a recording into a clip that begins and ends at the frames nearest to the asked times, with its sound
 * exact to the sample, and a thumbnail. What comes out is looked at; when frames or sound are missing where the clip
 * begins, the cut is made once more with the gaps filled, so that damage in the source costs that part and not the clip.
 */
public final class ClipCutter {
    private static final Logger LOG = LoggerFactory.getLogger(ClipCutter.class);
    private static final Duration LEAST_LIMIT = Duration.ofMinutes(10);
    /** Even 4K, decoded and encoded by one slow core, is not slower than this many seconds a second. */
    private static final long SLOWEST = 60;

    /** A decoder of sound needs a few packets before the first sample is right, and files keep sound apart by a second. */
    private static final double SOUND_RUN_UP = 2;
    /** How far before the clip its first picture and sound are looked for, when they are not where they should be. */
    private static final double LONG_RUN_UP = 15;
    /** Beyond this a sound is late, seconds. */
    private static final double LATE_SOUND = 0.02;

    private final Ffmpeg ffmpeg;
    private final int threads;
    private final KeyframeSearch keyframes;
    private final AtomicInteger running = new AtomicInteger();

    /** @param threads that a cut uses to decode, filter and encode; several at a time share them, which is quicker */
    public ClipCutter(Ffmpeg ffmpeg, int threads) {
        this.ffmpeg = ffmpeg;
        this.threads = threads;
        this.keyframes = new KeyframeSearch(ffmpeg);
    }

    /**
     * @param comment is written into the clip, where {@link #inspect} finds it
     * @param folder of the job; the files are left there
     * @param progress told the done part, 0–1, twice a second; what it throws ends the cut
     * @throws UndecodableException when nothing in the window can be decoded
     * @throws FfmpegFailure when that is so, too, or no file can be written
     */
    Clip cut(MediaInput input, ClipWindow window, String comment, Path folder, DoubleConsumer progress) {
        Job job = new Job(input, window, comment, folder, progress);
        if (window.isEven()) {
            try {
                Clip clip = job.cut(Manner.FAITHFUL, seek(job, 0, SOUND_RUN_UP));
                if (!beginsLate(clip.tracks(), window)) {
                    return clip;
                }
                LOG.info("frames or sound are missing where a clip begins; it is cut again with the gaps filled");
            } catch (FfmpegFailure failure) {
                rethrowUnlessOfTheMedia(failure);
            }
        }
        try {
            return job.cut(Manner.GAPS_FILLED, seek(job, LONG_RUN_UP, LONG_RUN_UP));
        } catch (FfmpegFailure failure) {
            rethrowUnlessOfTheMedia(failure);
            if (window.facts().video() == null || window.facts().audio() == null) {
                throw failure;
            }
            return job.cut(Manner.SOUND_ALONE, seek(job, 0, SOUND_RUN_UP));
        }
    }

    /** What is in a clip that was cut before? */
    ClipTracks inspect(MediaInput clip, Path folder, Runnable heartbeat) {
        return ClipTracks.of(clip, ffmpeg, folder, heartbeat);
    }

    private SeekPoints seek(Job job, double pictureRunUp, double soundRunUp) {
        ClipWindow window = job.window;
        double soundFrom = window.start() - soundRunUp;
        // The frame nearest to the start may stand up to half a frame behind it, and be a keyframe.
        double pictureFrom = window.start() + 0.45 * window.frame() - pictureRunUp;
        return new SeekPoints(
                keyframes.seekPoint(job.input, window.facts(), pictureFrom, job.folder, () -> job.progress.accept(0)),
                soundFrom <= window.facts().startTime() ? OptionalDouble.empty() : OptionalDouble.of(soundFrom));
    }

    private static boolean beginsLate(ClipTracks clip, ClipWindow window) {
        boolean pictureLate = window.facts().video() != null
                && (clip.picture() == null || clip.picture().start() > 1.5 * window.frame());
        boolean soundLate = window.facts().audio() != null
                && (clip.sound() == null || clip.sound().start() > LATE_SOUND);
        return pictureLate || soundLate;
    }

    /** A full disk, a time limit or a lack of memory is not healed by reading the media in another manner. */
    private static void rethrowUnlessOfTheMedia(FfmpegFailure failure) {
        if (failure.exitCode() == FfmpegFailure.KILLED
                || failure.evidence().contains("No space left on device")
                || failure.evidence().contains("Disk quota exceeded")
                || failure.evidence().contains("Cannot allocate memory")) {
            throw failure;
        }
        LOG.info("a clip could not be cut in the best manner: {}", failure.getMessage());
    }

    /** One clip on its way, through one manner or several. */
    private final class Job {
        private final MediaInput input;
        private final ClipWindow window;
        private final String comment;
        private final Path folder;
        private final DoubleConsumer progress;

        Job(MediaInput input, ClipWindow window, String comment, Path folder, DoubleConsumer progress) {
            this.input = input;
            this.window = window;
            this.comment = comment;
            this.folder = folder;
            this.progress = progress;
        }

        Clip cut(Manner manner, SeekPoints seek) {
            int share = Math.max(1, threads / running.incrementAndGet());
            try {
                CutArguments arguments = new CutArguments(window, manner, seek, share);
                FfmpegCommand command = FfmpegCommand.ffmpeg(folder, limit(), arguments.of(input, comment))
                        .reportingProgress();
                ffmpeg.run(command, news -> progress.accept(Math.min(1, news.seconds() / window.duration())));
            } finally {
                running.decrementAndGet();
            }
            String file = CutArguments.file(window, manner);
            ClipTracks tracks = inspect(new MediaInput(folder.resolve(file)), folder, () -> progress.accept(1));
            if (tracks.isEmpty()) {
                throw new UndecodableException();
            }
            boolean withPicture = file.equals(CutArguments.MOVIE);
            return new Clip(folder.resolve(file), withPicture ? folder.resolve(CutArguments.THUMBNAIL) : null, tracks);
        }

        private Duration limit() {
            Duration needed = Duration.ofSeconds((long) Math.ceil(window.duration()) * SLOWEST);
            return needed.compareTo(LEAST_LIMIT) < 0 ? LEAST_LIMIT : needed;
        }
    }
}
