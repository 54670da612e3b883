package tv.tldr.api.embedded;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be set, and what is a right value? {@code settings.yml} holds all of them; the names here are those that the
 * program asks for by itself, before Spring reads any.
 *
 * @param name the environment variable
 * @param group under which heading it stands
 * @param type what its values are
 * @param defaultValue what counts when nothing is set; empty: nothing does
 * @param example a right value
 * @param about what it is for, in sentences
 * @param launcher whether it counts in the environment alone, because it must be known before any file is read
 */
public record Setting(
        String name,
        String group,
        SettingType type,
        String defaultValue,
        String example,
        String about,
        boolean launcher) {
    public static final String API_ENABLED = "API_ENABLED";
    public static final String APP_ENVIRONMENT = "APP_ENVIRONMENT";
    public static final String AWS_ACCESS_KEY_ID = "AWS_ACCESS_KEY_ID";
    public static final String AWS_S3_BUCKET = "AWS_S3_BUCKET";
    public static final String AWS_S3_ENCRYPTION = "AWS_S3_ENCRYPTION";
    public static final String AWS_S3_KMS_KEY_ID = "AWS_S3_KMS_KEY_ID";
    public static final String AWS_SECRET_ACCESS_KEY = "AWS_SECRET_ACCESS_KEY";
    public static final String BIND_ADDRESS = "BIND_ADDRESS";
    public static final String BOOTSTRAP_ANNOUNCE = "BOOTSTRAP_ANNOUNCE";
    public static final String DATABASE_URL = "DATABASE_URL";
    public static final String FFMPEG_PATH = "FFMPEG_PATH";
    public static final String GEMINI_API_KEY = "GEMINI_API_KEY";
    public static final String PORT = "PORT";
    public static final String PUBLIC_URL = "PUBLIC_URL";
    public static final String SECRET_KEY = "SECRET_KEY";
    public static final String SMTP_FROM = "SMTP_FROM";
    public static final String SMTP_HOST = "SMTP_HOST";
    public static final String SOURCES_LOCAL_FILES = "SOURCES_LOCAL_FILES";
    public static final String SWEEP_ENABLED = "SWEEP_ENABLED";
    public static final String TEMPORAL_ADDRESS = "TEMPORAL_ADDRESS";
    public static final String TEMPORAL_CLI = "TEMPORAL_CLI";
    public static final String TEMPORAL_NAMESPACE = "TEMPORAL_NAMESPACE";
    public static final String VOSK_MODEL_PATH = "VOSK_MODEL_PATH";
    public static final String WEBHOOK_SECRET_KEY = "WEBHOOK_SECRET_KEY";
    public static final String WORKERS_ENABLED = "WORKERS_ENABLED";

    /** The line that tells a person what is wrong with {@code value}; empty when nothing is, or nothing is set. */
    Optional<SettingProblem> problem(@Nullable String value) {
        return value == null || value.isEmpty()
                ? Optional.empty()
                : type.fault(value).map(this::problemOf);
    }

    /** The line for a value that must be there and is not. */
    SettingProblem missing(String reason) {
        return problemOf("is missing: " + reason);
    }

    /** The line for a value that must not be there. */
    SettingProblem unusable(String reason) {
        return problemOf("must be left out: " + reason);
    }

    public boolean isSecret() {
        return type.isSecret();
    }

    /** What its values are, for people who look for what they may write. */
    public String words() {
        return type.words();
    }

    /** What of {@code value} may be shown: of a secret its length, of an address everything but the password. */
    public String shown(String value) {
        return value.isEmpty() ? "" : type.shown(value);
    }

    /** What of {@code value} nobody may read, wherever it is told again. */
    public List<String> secrets(String value) {
        return value.isEmpty() ? List.of() : type.secrets(value);
    }

    private SettingProblem problemOf(String what) {
        return new SettingProblem(name, what, example);
    }
}
