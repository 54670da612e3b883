package tv.tldr.activities.media;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where does FFmpeg live and work, and how much may it take?
 *
 * @param scratchFolder for the jobs' own folders; everything in it may be lost
 * @param scratchReserve free space there without which no job begins
 * @param objectFolder where recordings and clips are kept
 * @param ffmpegPath an installed {@code ffmpeg}, or its folder; null for the packed one
 * @param ffmpegFolder where the packed one is unpacked
 * @param threads of one FFmpeg
 * @param addressSpace of one FFmpeg with all its threads; it reserves far more than it uses
 * @param fileSize the largest file that FFmpeg may write
 * @param sandbox whether FFmpeg is shut in with its job's folder, where bubblewrap is installed and works
 */
@ConfigurationProperties("tldr.media")
public record MediaProperties(
        @DefaultValue(".tldr/scratch") Path scratchFolder,
        @DefaultValue("256MB") DataSize scratchReserve,
        @DefaultValue(".tldr/objects") Path objectFolder,
        @Nullable Path ffmpegPath,
        @DefaultValue(".tldr/ffmpeg") Path ffmpegFolder,
        @DefaultValue("2") int threads,
        @DefaultValue("12GB") DataSize addressSpace,
        @DefaultValue("64GB") DataSize fileSize,
        @DefaultValue("true") boolean sandbox) {
    /** The programs that these settings lead to; unpacked now if they have to be. */
    public FfmpegPrograms programs() {
        return FfmpegPrograms.find(
                Optional.ofNullable(ffmpegPath).filter(path -> !path.toString().isBlank()), ffmpegFolder);
    }

    /** What one FFmpeg may take. */
    public FfmpegLimits limits() {
        return new FfmpegLimits(addressSpace, fileSize, sandbox);
    }
}
