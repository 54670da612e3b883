package tv.tldr.activities.media;

import org.springframework.util.unit.DataSize;

/**
 * How much may one FFmpeg take from the machine? Enforced by the kernel where {@code prlimit} is installed.
 *
 * @param addressSpace of the process with all its threads; FFmpeg reserves far more than it uses
 * @param fileSize the largest file that it may write
 * @param sandbox whether it is shut in with its job's folder, where bubblewrap is installed and works
 */
public record FfmpegLimits(DataSize addressSpace, DataSize fileSize, boolean sandbox) {
    /** Enough for 8K pictures and encoders with many threads. */
    public static final FfmpegLimits DEFAULTS =
            new FfmpegLimits(DataSize.ofGigabytes(12), DataSize.ofGigabytes(64), true);
}
