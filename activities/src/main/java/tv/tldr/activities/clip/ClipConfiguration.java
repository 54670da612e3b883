package tv.tldr.activities.clip;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.media.MediaProperties;

/** Makes the cutter from the settings of all media work. */
@Configuration(proxyBeanMethods = false)
public class ClipConfiguration {
    @Bean
    ClipCutter clipCutter(Ffmpeg ffmpeg, MediaProperties media) {
        return new ClipCutter(ffmpeg, media.threads());
    }
}
