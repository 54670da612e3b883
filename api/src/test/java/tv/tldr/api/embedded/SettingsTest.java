package tv.tldr.api.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theEnvironmentGoesBeforeTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve(".env"), """
                # a comment
                PORT=9000
                export LOG_LEVEL="debug"
                TEMPORAL_NAMESPACE='video=a'
                SOURCES_PORTS = 80, 443

                nonsense
                """);

        Settings settings = Settings.load(Map.of("PORT", "9001", "LOG_LEVEL", ""), file);

        assertThat(settings.get(Setting.PORT)).hasValue("9001");
        assertThat(settings.get(Setting.LOG_LEVEL)).hasValue("debug");
        assertThat(settings.get(Setting.TEMPORAL_NAMESPACE)).hasValue("video=a");
        assertThat(settings.get(Setting.SOURCES_PORTS)).hasValue("80, 443");
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void nothingHasToBeSet() throws IOException {
        Settings settings = Settings.load(Map.of(), folder.resolve(".env"));

        assertThat(settings.problems()).isEmpty();
        assertThat(settings.has(Setting.PORT)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PORT                 | 0",
                "PORT                 | 65536",
                "PORT                 | 8000x",
                "LOG_LEVEL            | loud",
                "DEFAULT_CONFIDENCE_THRESHOLD | 80 %",
                "DEFAULT_CONFIDENCE_THRESHOLD | 1.2",
                "DATABASE_POOL_SIZE   | 0",
                "DATABASE_POOL_SIZE   | 99999999999",
                "DATABASE_URL         | mysql://me@host/db",
                "DATABASE_URL         | postgresql://host",
                "DATABASE_URL         | postgresql://a b/c",
                "DATABASE_MIGRATE     | yes",
                "TEMPORAL_ADDRESS     | temporal",
                "TEMPORAL_ADDRESS     | http://temporal:7233",
                "SECRET_KEY           | short",
                "SWEEP_INTERVAL       | 30",
                "GEMINI_MAX_RETRIES   | forever",
                "GEMINI_MAX_RETRIES   | 1001",
                "GEMINI_RETRY_DELAY   | 1 second",
                "SOURCES_MAX_SIZE     | 64 gigabytes",
                "UPLOADS_MAX_SIZE     | much",
                "UPLOADS_EXPIRY       | a day",
                "SOURCES_PORTS        | 80;443",
                "CORS_ORIGINS         | app.example.com",
                "CORS_ORIGINS         | https://app.example.com/",
                "SOURCES_PORTS        | 80,",
                "BIND_ADDRESS         | everywhere",
                "AWS_S3_BUCKET        | Clips of ours",
                "AWS_S3_ENDPOINT_URL  | s3.example.com",
                "AWS_S3_ENCRYPTION    | yes",
                "FFMPEG_PATH          | /nowhere/ffmpeg",
                "VOSK_MODEL_PATH      | /nowhere/model",
            })
    void aWrongValueIsToldWithItsNameAndAnExample(String name, String value) {
        Map<String, String> values = new HashMap<>(Map.of("SECRET_KEY", SECRET));
        values.put(name, value);
        Settings settings = new Settings(values);

        assertThat(settings.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.toString()).startsWith(name + " ").contains(" — for example: " + name + "=");
        });
    }

    @Test
    void noSecretIsRepeated() {
        Settings settings = new Settings(Map.of("DATABASE_URL", "postgresql://me:hunter2@", "SECRET_KEY", "hunter2"));

        assertThat(settings.problems()).hasSize(2).asString().doesNotContain("hunter2");
    }

    @Test
    void aDatabaseOfOnesOwnNeedsASecretOfOnesOwn() {
        Map<String, String> database = Map.of("DATABASE_URL", "postgresql://me:pw@db.example.com/tldr");

        assertThat(new Settings(database).problems())
                .singleElement()
                .asString()
                .startsWith("SECRET_KEY is missing")
                .endsWith("SECRET_KEY=$(openssl rand -hex 32)");
    }

    @Test
    void aKeyToABucketIsNothingWithoutItsSecret() {
        Map<String, String> half = Map.of("AWS_S3_BUCKET", "tldr", "AWS_ACCESS_KEY_ID", "id", "AWS_S3_KMS_KEY_ID", "k");

        assertThat(new Settings(half).problems())
                .extracting(problem -> problem.toString().split(" ", 2)[0])
                .containsExactly("AWS_SECRET_ACCESS_KEY", "AWS_S3_ENCRYPTION");
    }

    @Test
    void aSpeechModelIsAFolderWithAnAcousticOneInIt() throws IOException {
        assertThat(Setting.VOSK_MODEL_PATH.problem(folder.toString()))
                .hasValueSatisfying(problem ->
                        assertThat(problem.toString()).startsWith("VOSK_MODEL_PATH is not a folder with a Vosk model"));

        Files.createFile(Files.createDirectory(folder.resolve("am")).resolve("final.mdl"));

        assertThat(Setting.VOSK_MODEL_PATH.problem(folder.toString())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Setting.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"FFMPEG_PATH", "VOSK_MODEL_PATH"})
    void everyExampleIsRight(Setting setting) {
        String example = setting == Setting.SECRET_KEY ? SECRET : setting.example();

        assertThat(setting.problem(example)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0", "127.0.0.1", "::1", "[::]", "localhost", "2001:db8::1"})
    void addressesOfAllKindsAreRight(String address) {
        assertThat(Setting.BIND_ADDRESS.problem(address)).isEmpty();
    }
}
