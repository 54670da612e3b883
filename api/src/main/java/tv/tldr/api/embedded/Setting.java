package tv.tldr.api.embedded;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be set by environment variable or {@code .env}, and what is a right value? The names are the variables. */
public enum Setting {
    APP_ENVIRONMENT("production"),
    PORT("8000"),
    SECRET_KEY("32 or more random characters, such as the output of: openssl rand -hex 32"),
    LOG_LEVEL("info"),
    DATABASE_URL("postgresql://user:password@db.example.com:5432/tldr"),
    DATABASE_POOL_SIZE("10"),
    TEMPORAL_ADDRESS("temporal.example.com:7233"),
    TEMPORAL_NAMESPACE("default"),
    TEMPORAL_CLI("/usr/local/bin/temporal"),
    WORKER_CONCURRENCY("2"),
    DEFAULT_CONFIDENCE_THRESHOLD("0.8"),
    FFMPEG_PATH("/usr/bin/ffmpeg");

    private final String example;

    Setting(String example) {
        this.example = example;
    }

    /** The line that tells a person what is wrong with {@code value}; empty when nothing is, or nothing is set. */
    Optional<SettingProblem> problem(@Nullable String value) {
        return value == null || value.isEmpty()
                ? Optional.empty()
                : fault(value).map(this::problemOf);
    }

    /** The line for a value that must be there and is not. */
    SettingProblem missing(String reason) {
        return problemOf("is missing: " + reason);
    }

    private Optional<String> fault(String value) {
        return switch (this) {
            case APP_ENVIRONMENT -> SettingCheck.oneOf(value, "development", "staging", "production");
            case LOG_LEVEL -> SettingCheck.oneOf(value, "trace", "debug", "info", "warn", "error");
            case PORT -> SettingCheck.between(value, 1, 65535);
            case DATABASE_POOL_SIZE, WORKER_CONCURRENCY -> SettingCheck.between(value, 1, 1000);
            case SECRET_KEY -> SettingCheck.atLeast(value, 32);
            case DATABASE_URL -> SettingCheck.postgresUrl(value);
            case TEMPORAL_ADDRESS -> SettingCheck.hostAndPort(value);
            case DEFAULT_CONFIDENCE_THRESHOLD -> SettingCheck.fraction(value);
            case FFMPEG_PATH -> SettingCheck.program(value);
            case TEMPORAL_NAMESPACE, TEMPORAL_CLI -> Optional.empty();
        };
    }

    private SettingProblem problemOf(String what) {
        return new SettingProblem(name(), what, example);
    }
}
