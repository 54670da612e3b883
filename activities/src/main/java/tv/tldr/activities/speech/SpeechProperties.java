package tv.tldr.activities.speech;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * With which model is speech recognised on this machine?
 *
 * @param modelPath the folder of a Vosk model; null: nobody listens
 */
@ConfigurationProperties("tldr.speech")
public record SpeechProperties(@Nullable Path modelPath) {
    public SpeechProperties {
        // An environment variable that is set to nothing is not a folder.
        modelPath = modelPath == null || modelPath.toString().isBlank() ? null : modelPath;
    }

    public boolean isConfigured() {
        return modelPath != null;
    }
}
