package tv.tldr.api.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tv.tldr.activities.media.FfmpegPrograms;
import tv.tldr.activities.speech.VoskLibrary;

/**
 * What was set? What counts of several places is {@link SettingSources}' affair. An empty value is one that was not set.
 *
 * @param values by name of the variable
 */
public record Settings(Map<String, String> values) {
    public Settings {
        values = Map.copyOf(values);
    }

    public static Settings load(Map<String, String> environment, Path dotEnv) throws IOException {
        return SettingSources.read(environment, dotEnv).settings();
    }

    /** What was set. */
    public Optional<String> get(String setting) {
        return Optional.ofNullable(values.get(setting)).filter(value -> !value.isEmpty());
    }

    public boolean has(String setting) {
        return get(setting).isPresent();
    }

    /** What was set, else the default; empty when there is neither. */
    public String effective(String setting) {
        return get(setting).orElseGet(() -> embedded()
                .getOrDefault(setting, SettingCatalogue.of(setting).defaultValue()));
    }

    /** What is otherwise than usual where caller and server are the same person on the same machine: nobody else is let in. */
    public Map<String, String> embedded() {
        return has(Setting.DATABASE_URL)
                ? Map.of()
                : Map.of(Setting.BIND_ADDRESS, "127.0.0.1", Setting.SOURCES_LOCAL_FILES, "true");
    }

    /** Everything that is wrong at once; empty when the program may start. */
    public List<SettingProblem> problems() {
        List<SettingProblem> problems = new ArrayList<>();
        for (Setting setting : SettingCatalogue.all()) {
            setting.problem(values.get(setting.name())).ifPresent(problems::add);
        }
        if (has(Setting.DATABASE_URL) && !has(Setting.SECRET_KEY)) {
            problems.add(
                    SettingCatalogue.of(Setting.SECRET_KEY).missing("it is required with a DATABASE_URL of your own"));
        }
        if (has(Setting.SMTP_HOST) && !has(Setting.SMTP_FROM)) {
            problems.add(SettingCatalogue.of(Setting.SMTP_FROM).missing("mails by SMTP_HOST need a sender"));
        }
        if (has(Setting.AWS_ACCESS_KEY_ID) && has(Setting.AWS_S3_BUCKET) && !has(Setting.AWS_SECRET_ACCESS_KEY)) {
            problems.add(SettingCatalogue.of(Setting.AWS_SECRET_ACCESS_KEY)
                    .missing("AWS_ACCESS_KEY_ID is nothing without it"));
        }
        if (has(Setting.AWS_S3_KMS_KEY_ID)
                && !get(Setting.AWS_S3_ENCRYPTION).orElse("").equals("aws:kms")) {
            problems.add(SettingCatalogue.of(Setting.AWS_S3_ENCRYPTION).missing("AWS_S3_KMS_KEY_ID is for aws:kms"));
        }
        if (!has(Setting.FFMPEG_PATH) && !FfmpegPrograms.arePacked()) {
            problems.add(
                    SettingCatalogue.of(Setting.FFMPEG_PATH).missing("this build brings no FFmpeg for this machine"));
        }
        if (has(Setting.VOSK_MODEL_PATH) && !VoskLibrary.isPacked()) {
            problems.add(SettingCatalogue.of(Setting.VOSK_MODEL_PATH)
                    .unusable("this build brings no Vosk for this machine"));
        }
        return problems;
    }
}
