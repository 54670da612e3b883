package tv.tldr.activities.recording;

import java.time.Instant;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.media.FfmpegPrograms;
import tv.tldr.activities.media.MediaProperties;
import tv.tldr.activities.media.Probe;
import tv.tldr.activities.media.Workspace;
import tv.tldr.activities.storage.FolderObjectStore;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.storage.S3ObjectStore;
import tv.tldr.activities.storage.S3Properties;

/** Makes FFmpeg, the object store and the scratch folder ready for all activities that work on media. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({MediaProperties.class, SourceProperties.class, S3Properties.class})
public class RecordingConfiguration {
    @Bean
    FfmpegPrograms ffmpegPrograms(MediaProperties properties) {
        return properties.programs();
    }

    @Bean
    Ffmpeg ffmpeg(FfmpegPrograms programs, MediaProperties properties) {
        Workspace.sweep(properties.scratchFolder());
        PartialFile.sweep(properties.scratchFolder(), Instant.now());
        return new Ffmpeg(programs, properties.limits());
    }

    @Bean
    Probe probe(Ffmpeg ffmpeg) {
        return new Probe(ffmpeg);
    }

    @Bean
    ObjectStore objectStore(MediaProperties folders, S3Properties s3) {
        return s3.isUsed() ? new S3ObjectStore(s3) : new FolderObjectStore(folders.objectFolder());
    }
}
