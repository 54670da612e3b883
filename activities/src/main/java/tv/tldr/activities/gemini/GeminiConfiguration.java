package tv.tldr.activities.gemini;

import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.media.MediaProperties;

/** Makes the gateway, when there is a key to Gemini; without one there is none, and rules decide. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GeminiProperties.class)
public class GeminiConfiguration {
    @Bean
    MeterBinder modelCounts() {
        return CallCounts::begin;
    }

    @Bean
    ProxyCutter proxyCutter(Ffmpeg ffmpeg, MediaProperties media) {
        return new ProxyCutter(ffmpeg, media.threads());
    }

    @Bean
    PictureCutter pictureCutter(Ffmpeg ffmpeg, MediaProperties media) {
        return new PictureCutter(ffmpeg, media.threads());
    }

    @Bean
    @Conditional(KeyIsSet.class)
    GeminiGateway geminiGateway(GeminiProperties properties) {
        return new GeminiGateway(properties, Clock.systemUTC());
    }

    /** An environment variable that is set to nothing is not a key. */
    static final class KeyIsSet implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !context.getEnvironment()
                    .getProperty("tldr.gemini.api-key", "")
                    .isBlank();
        }
    }
}
