package tv.tldr.activities.speech;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the ear of this machine from its settings. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SpeechProperties.class)
public class SpeechConfiguration {
    @Bean
    public Ear ear(SpeechProperties properties) {
        return properties.modelPath() == null ? Ear.DEAF : Ear.with(new VoskRecognizer(properties.modelPath()));
    }
}
