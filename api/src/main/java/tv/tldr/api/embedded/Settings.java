package tv.tldr.api.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tv.tldr.activities.media.FfmpegPrograms;
import tv.tldr.activities.speech.VoskLibrary;

/**
 * What was set? The environment, and for what it leaves open the {@code .env} file. An empty value is one that was not set.
 *
 * @param values by name of the variable
 */
public record Settings(Map<String, String> values) {
    public Settings {
        values = Map.copyOf(values);
    }

    public static Settings load(Map<String, String> environment, Path dotEnv) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        if (Files.isReadable(dotEnv)) {
            values.putAll(parse(Files.readString(dotEnv)));
        }
        environment.forEach((name, value) -> {
            if (!value.isEmpty()) {
                values.put(name, value);
            }
        });
        return new Settings(values);
    }

    public Optional<String> get(Setting setting) {
        return Optional.ofNullable(values.get(setting.name())).filter(value -> !value.isEmpty());
    }

    public boolean has(Setting setting) {
        return get(setting).isPresent();
    }

    /** Everything that is wrong at once; empty when the program may start. */
    public List<SettingProblem> problems() {
        List<SettingProblem> problems = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            setting.problem(values.get(setting.name())).ifPresent(problems::add);
        }
        if (has(Setting.DATABASE_URL) && !has(Setting.SECRET_KEY)) {
            problems.add(Setting.SECRET_KEY.missing("it is required with a DATABASE_URL of your own"));
        }
        if (has(Setting.SMTP_HOST) && !has(Setting.SMTP_FROM)) {
            problems.add(Setting.SMTP_FROM.missing("mails by SMTP_HOST need a sender"));
        }
        if (has(Setting.AWS_ACCESS_KEY_ID) && has(Setting.AWS_S3_BUCKET) && !has(Setting.AWS_SECRET_ACCESS_KEY)) {
            problems.add(Setting.AWS_SECRET_ACCESS_KEY.missing("AWS_ACCESS_KEY_ID is nothing without it"));
        }
        if (has(Setting.AWS_S3_KMS_KEY_ID)
                && !get(Setting.AWS_S3_ENCRYPTION).orElse("").equals("aws:kms")) {
            problems.add(Setting.AWS_S3_ENCRYPTION.missing("AWS_S3_KMS_KEY_ID is for aws:kms"));
        }
        if (!has(Setting.FFMPEG_PATH) && !FfmpegPrograms.arePacked()) {
            problems.add(Setting.FFMPEG_PATH.missing("this build brings no FFmpeg for this machine"));
        }
        if (has(Setting.VOSK_MODEL_PATH) && !VoskLibrary.isPacked()) {
            problems.add(Setting.VOSK_MODEL_PATH.unusable("this build brings no Vosk for this machine"));
        }
        return problems;
    }

    /** Lines of {@code NAME=value}, as Docker and the shell read them; quotes around a value are taken off. */
    private static Map<String, String> parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : text.lines().map(String::strip).toList()) {
            int equals = line.indexOf('=');
            if (line.startsWith("#") || equals < 1) {
                continue;
            }
            String name = line.substring(0, equals).strip();
            String value = line.substring(equals + 1).strip();
            boolean quoted = value.length() > 1
                    && "\"'".indexOf(value.charAt(0)) >= 0
                    && value.charAt(0) == value.charAt(value.length() - 1);
            values.put(
                    name.startsWith("export ") ? name.substring(7).strip() : name,
                    quoted ? value.substring(1, value.length() - 1) : value);
        }
        return values;
    }
}
