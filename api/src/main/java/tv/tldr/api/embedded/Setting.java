package tv.tldr.api.embedded;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be set by environment variable or {@code .env}, and what is a right value? The names are the variables;
 * {@code .env.example} explains them.
 */
public enum Setting {
    PORT("8000"),
    BIND_ADDRESS("127.0.0.1"),
    SECRET_KEY("$(openssl rand -hex 32)"),
    CORS_ORIGINS("https://app.example.com,https://admin.example.com"),
    OPERATIONS_OPEN("false"),
    BOOTSTRAP_ANNOUNCE("false"),
    TRUSTED_PROXIES("10.0.0.0/8,192.0.2.7"),
    LOG_LEVEL("info"),

    SMTP_HOST("smtp.example.com"),
    SMTP_PORT("587"),
    SMTP_USERNAME("tldr"),
    SMTP_PASSWORD("the password of SMTP_USERNAME"),
    SMTP_FROM("tldr@example.com"),
    PUBLIC_URL("https://tldr.example.com"),
    APP_ENVIRONMENT("production"),

    DATABASE_URL("postgresql://user:password@db.example.com:5432/tldr"),
    DATABASE_POOL_SIZE("10"),
    DATABASE_MIGRATE("true"),

    TEMPORAL_ADDRESS("temporal.example.com:7233"),
    TEMPORAL_NAMESPACE("default"),
    TEMPORAL_API_KEY("the key of a Temporal Cloud account"),
    TEMPORAL_TLS("true"),
    TEMPORAL_CLI("/usr/local/bin/temporal"),
    TEMPORAL_START_DEADLINE("1s"),
    TEMPORAL_UPDATE_DEADLINE("5s"),

    WORKERS_ENABLED("true"),
    WORKER_CONCURRENCY("2"),
    WORKER_SHUTDOWN_GRACE("15s"),
    SWEEP_ENABLED("true"),
    SWEEP_INTERVAL("30s"),
    SWEEP_AGE("10s"),
    SWEEP_SILENCE("2m"),
    SWEEP_BATCH("100"),

    DEFAULT_CONFIDENCE_THRESHOLD("0.8"),

    GEMINI_API_KEY("a key from Google AI Studio"),
    GEMINI_MODEL("gemini-3.8-flash"),
    GEMINI_BASE_URL("https://generativelanguage.googleapis.com"),
    GEMINI_THINKING_LEVEL("low"),
    GEMINI_TIMEOUT("3m"),
    GEMINI_MAX_RETRIES("19"),
    GEMINI_RETRY_DELAY("1s"),
    GEMINI_REQUESTS_PER_MINUTE("60"),
    GEMINI_REQUESTS_PER_DAY("1000"),
    GEMINI_CONCURRENCY("4"),
    GEMINI_STREAM_BUDGET_USD("0.50"),
    GEMINI_ORGANIZATION_DAY_BUDGET_USD("10"),
    GEMINI_DAY_BUDGET_USD("100"),

    VOSK_MODEL_PATH("/srv/tldr/vosk-model-small-en-us-0.15"),

    SOURCES_LOCAL_FILES("true"),
    SOURCES_ALLOW_PRIVATE("true"),
    SOURCES_ALLOWED_ADDRESSES("10.7.0.0/16,fd00:7::/32"),
    SOURCES_PORTS("80,443"),
    SOURCES_MAX_DURATION("12h"),
    SOURCES_MAX_SIZE("64GB"),
    SOURCES_TIMEOUT("30s"),
    UPLOADS_MAX_SIZE("64GB"),
    UPLOADS_EXPIRY("24h"),

    WEBHOOK_TIMEOUT_SECONDS("30"),
    WEBHOOK_MAX_RETRIES("12"),
    WEBHOOK_RETRY_DELAY("1s"),
    WEBHOOK_SECRET_KEY("$(openssl rand -base64 48 | tr -d /+)"),
    WEBHOOK_ALLOW_PRIVATE("true"),
    WEBHOOK_PORTS("443"),
    WEBHOOK_CONCURRENCY("8"),

    SCRATCH_DIR("/var/tmp/tldr"),
    SCRATCH_RESERVE("256MB"),
    OBJECT_DIR("/srv/tldr/objects"),
    FFMPEG_PATH("/usr/bin/ffmpeg"),
    FFMPEG_THREADS("2"),
    FFMPEG_MEMORY("12GB"),
    FFMPEG_FILE_SIZE("64GB"),

    AWS_S3_BUCKET("tldr-objects"),
    AWS_REGION("eu-central-1"),
    AWS_ACCESS_KEY_ID("the id of a key that may use the bucket"),
    AWS_SECRET_ACCESS_KEY("the secret of AWS_ACCESS_KEY_ID"),
    AWS_SESSION_TOKEN("the token of credentials that end"),
    AWS_S3_ENDPOINT_URL("https://s3.example.com"),
    AWS_S3_PATH_STYLE("true"),
    AWS_S3_ENCRYPTION("AES256"),
    AWS_S3_KMS_KEY_ID("alias/tldr");

    private static final int LEAST_SECRET = 32;
    private static final int LARGEST_COUNT = 10_000;
    private static final int MOST_RETRIES = 1000;
    private static final int LONGEST_WEBHOOK = 120;
    private static final int MOST_WEBHOOK_RETRIES = 100;
    private static final int MOST_REQUESTS = 100_000_000;

    private final String example;

    Setting(String example) {
        this.example = example;
    }

    String example() {
        return example;
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

    /** The line for a value that must not be there. */
    SettingProblem unusable(String reason) {
        return problemOf("must be left out: " + reason);
    }

    private Optional<String> fault(String value) {
        return switch (this) {
            case LOG_LEVEL -> SettingCheck.oneOf(value, "trace", "debug", "info", "warn", "error", "off");
            case PORT, SMTP_PORT -> SettingCheck.between(value, 1, 65535);
            case APP_ENVIRONMENT -> SettingCheck.oneOf(value, "development", "production");
            case SOURCES_PORTS, WEBHOOK_PORTS -> SettingCheck.ports(value);
            case CORS_ORIGINS -> SettingCheck.origins(value);
            case TRUSTED_PROXIES, SOURCES_ALLOWED_ADDRESSES -> SettingCheck.ipRanges(value);
            case DATABASE_POOL_SIZE, SWEEP_BATCH, FFMPEG_THREADS, GEMINI_REQUESTS_PER_MINUTE, GEMINI_CONCURRENCY ->
                SettingCheck.between(value, 1, LARGEST_COUNT);
            case WEBHOOK_TIMEOUT_SECONDS -> SettingCheck.between(value, 1, LONGEST_WEBHOOK);
            case WEBHOOK_MAX_RETRIES -> SettingCheck.between(value, 0, MOST_WEBHOOK_RETRIES);
            case WEBHOOK_CONCURRENCY -> SettingCheck.between(value, 1, LARGEST_COUNT);
            case GEMINI_MAX_RETRIES -> SettingCheck.between(value, 0, MOST_RETRIES);
            // 0: one for each core.
            case WORKER_CONCURRENCY -> SettingCheck.between(value, 0, LARGEST_COUNT);
            case GEMINI_REQUESTS_PER_DAY -> SettingCheck.between(value, 1, MOST_REQUESTS);
            case GEMINI_STREAM_BUDGET_USD, GEMINI_ORGANIZATION_DAY_BUDGET_USD, GEMINI_DAY_BUDGET_USD ->
                SettingCheck.money(value);
            case GEMINI_BASE_URL, PUBLIC_URL, AWS_S3_ENDPOINT_URL -> SettingCheck.httpUrl(value);
            case GEMINI_THINKING_LEVEL -> SettingCheck.oneOf(value, "low", "medium", "high");
            case DEFAULT_CONFIDENCE_THRESHOLD -> SettingCheck.share(value);
            case AWS_S3_BUCKET -> SettingCheck.bucket(value);
            case AWS_S3_ENCRYPTION -> SettingCheck.exactlyOneOf(value, "AES256", "aws:kms");
            case SECRET_KEY, WEBHOOK_SECRET_KEY -> SettingCheck.atLeast(value, LEAST_SECRET);
            case DATABASE_URL -> SettingCheck.postgresUrl(value);
            case TEMPORAL_ADDRESS -> SettingCheck.hostAndPort(value);
            case BIND_ADDRESS -> SettingCheck.address(value);
            case FFMPEG_PATH -> SettingCheck.programOrFolder(value);
            case VOSK_MODEL_PATH -> SettingCheck.speechModel(value);
            case DATABASE_MIGRATE,
                    AWS_S3_PATH_STYLE,
                    TEMPORAL_TLS,
                    OPERATIONS_OPEN,
                    BOOTSTRAP_ANNOUNCE,
                    WORKERS_ENABLED,
                    SWEEP_ENABLED,
                    SOURCES_LOCAL_FILES,
                    SOURCES_ALLOW_PRIVATE,
                    WEBHOOK_ALLOW_PRIVATE -> SettingCheck.oneOf(value, "true", "false");
            case TEMPORAL_START_DEADLINE,
                    TEMPORAL_UPDATE_DEADLINE,
                    WORKER_SHUTDOWN_GRACE,
                    SWEEP_INTERVAL,
                    SWEEP_AGE,
                    SWEEP_SILENCE,
                    GEMINI_TIMEOUT,
                    GEMINI_RETRY_DELAY,
                    SOURCES_MAX_DURATION,
                    SOURCES_TIMEOUT,
                    UPLOADS_EXPIRY,
                    WEBHOOK_RETRY_DELAY -> SettingCheck.duration(value);
            case SOURCES_MAX_SIZE, UPLOADS_MAX_SIZE, SCRATCH_RESERVE, FFMPEG_MEMORY, FFMPEG_FILE_SIZE ->
                SettingCheck.size(value);
            case SMTP_HOST,
                    SMTP_USERNAME,
                    SMTP_PASSWORD,
                    SMTP_FROM,
                    TEMPORAL_NAMESPACE,
                    TEMPORAL_API_KEY,
                    TEMPORAL_CLI,
                    SCRATCH_DIR,
                    OBJECT_DIR,
                    AWS_REGION,
                    AWS_ACCESS_KEY_ID,
                    AWS_SECRET_ACCESS_KEY,
                    AWS_SESSION_TOKEN,
                    AWS_S3_KMS_KEY_ID,
                    GEMINI_API_KEY,
                    GEMINI_MODEL -> Optional.empty();
        };
    }

    private SettingProblem problemOf(String what) {
        return new SettingProblem(name(), what, example);
    }
}
