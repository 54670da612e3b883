package tv.tldr.api.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(settings.get("LOG_LEVEL")).hasValue("debug");
        assertThat(settings.get(Setting.TEMPORAL_NAMESPACE)).hasValue("video=a");
        assertThat(settings.get("SOURCES_PORTS")).hasValue("80, 443");
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
                "LOG_FORMAT           | JSON",
                "EGRESS_NAME_SERVERS  | dns.example.com",
                "DEFAULT_CONFIDENCE_THRESHOLD | 80 %",
                "DEFAULT_CONFIDENCE_THRESHOLD | 1.2",
                "DATABASE_POOL_SIZE   | 0",
                "DATABASE_POOL_SIZE   | 99999999999",
                "DATABASE_URL         | mysql://me@host/db",
                "DATABASE_URL         | postgresql://host",
                "DATABASE_URL         | postgresql://a b/c",
                "DATABASE_URL         | postgresql://me@host:65536/db",
                "DATABASE_URL         | postgresql://me@host:0/db",
                "DATABASE_MIGRATE     | yes",
                "TEMPORAL_ADDRESS     | temporal",
                "TEMPORAL_ADDRESS     | http://temporal:7233",
                "TEMPORAL_ADDRESS     | temporal:72330",
                "TEMPORAL_ADDRESS     | temporal:0",
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
                "AWS_S3_ENDPOINT_URL  | http://s3.example.com:99999",
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SECRET_KEY",
                "OPERATIONS_TOKEN",
                "WEBHOOK_SECRET_KEY",
                "TEMPORAL_PAYLOAD_KEYS",
            })
    void aCommandThatNobodyHasRunIsNoSecret(String name) {
        Setting setting = SettingCatalogue.of(name);

        for (String copied :
                List.of(setting.example(), "$(openssl rand -base64 96 | tr -d /+)", "`openssl rand -hex 64`")) {
            assertThat(setting.problem(copied)).as(copied).hasValueSatisfying(problem -> assertThat(problem.toString())
                    .contains("what the command prints"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "LOG_LEVEL=debug # for a day           | debug",
                "LOG_LEVEL=debug\t#for a day          | debug",
                "LOG_LEVEL='debug' # for a day         | debug",
                "LOG_LEVEL=\"debug\"   # for \"a\" day  | debug",
                "LOG_LEVEL = \"debug\"                  | debug",
                "LOG_LEVEL=de#bug                      | de#bug",
                "LOG_LEVEL=\"de #bug\" # for a day      | de #bug",
                "LOG_LEVEL='de\"bug'                   | de\"bug",
                "LOG_LEVEL='debug                      | 'debug",
                "export LOG_LEVEL=debug                | debug",
            })
    void whatStandsBehindAValueIsARemark(String line, String value) throws IOException {
        Path file = Files.writeString(folder.resolve(".env"), line + "\n");

        assertThat(SettingSources.read(Map.of(), file).settings().get("LOG_LEVEL"))
                .hasValue(value);
    }

    @Test
    void aRemarkAloneIsNoValue() throws IOException {
        Path file = Files.writeString(folder.resolve(".env"), "LOG_LEVEL= # none yet\n");

        assertThat(SettingSources.read(Map.of(), file).settings().get("LOG_LEVEL"))
                .isEmpty();
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
        assertThat(SettingCatalogue.of(Setting.VOSK_MODEL_PATH).problem(folder.toString()))
                .hasValueSatisfying(problem ->
                        assertThat(problem.toString()).startsWith("VOSK_MODEL_PATH is not a folder with a Vosk model"));

        Files.createFile(Files.createDirectory(folder.resolve("am")).resolve("final.mdl"));

        assertThat(SettingCatalogue.of(Setting.VOSK_MODEL_PATH).problem(folder.toString()))
                .isEmpty();
    }

    @Test
    void everyExampleAndEveryDefaultIsRight() {
        // What is there only on some machines, and the command that makes a secret.
        Set<String> elsewhere = Set.of(
                "FFMPEG_PATH",
                "VOSK_MODEL_PATH",
                "SECRET_KEY",
                "OPERATIONS_TOKEN",
                "WEBHOOK_SECRET_KEY",
                "TEMPORAL_PAYLOAD_KEYS");
        assertThat(SettingCatalogue.all()).hasSizeGreaterThan(70).allSatisfy(setting -> {
            assertThat(setting.problem(setting.defaultValue())).isEmpty();
            assertThat(elsewhere.contains(setting.name())
                            || setting.problem(setting.example()).isEmpty())
                    .as(setting.name())
                    .isTrue();
            assertThat(setting.about()).as(setting.name()).endsWith(".");
        });
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0", "127.0.0.1", "::1", "[::]", "localhost", "2001:db8::1"})
    void addressesOfAllKindsAreRight(String address) {
        assertThat(SettingCatalogue.of(Setting.BIND_ADDRESS).problem(address)).isEmpty();
    }

    @Test
    void theProfilesFileGoesBeforeTheCommonOneAndTheEnvironmentBeforeBoth() throws IOException {
        Path common = Files.writeString(
                folder.resolve(".env"), "APP_ENVIRONMENT=staging\nPORT=1\nLOG_LEVEL=warn\nSMTP_PORT=1\n");
        Files.writeString(folder.resolve(".env.staging"), "PORT=2\nLOG_LEVEL=debug\nAPP_ENVIRONMENT=production\n");
        Files.writeString(folder.resolve(".env.production"), "SMTP_PORT=9\n");

        SettingSources sources = SettingSources.read(Map.of("PORT", "3", "LOG_LEVEL", ""), common);

        assertThat(sources.settings().get(Setting.PORT)).hasValue("3");
        assertThat(sources.of("PORT")).hasValue("environment");
        assertThat(sources.settings().get("LOG_LEVEL")).hasValue("debug");
        assertThat(sources.of("LOG_LEVEL")).hasValue(".env.staging");
        assertThat(sources.settings().get("SMTP_PORT")).hasValue("1");
        assertThat(sources.of("SMTP_PORT")).hasValue(".env");
        assertThat(sources.settings().get("APP_ENVIRONMENT")).hasValue("staging");
        assertThat(sources.of("SMTP_HOST")).isEmpty();
        assertThat(sources.warnings()).singleElement().asString().startsWith(".env.staging sets APP_ENVIRONMENT");
    }

    @Test
    void whatHasNoEffectInAFileIsTold() throws IOException {
        Path file = Files.writeString(
                folder.resolve(".env"), "DATABASE_URI=x\nTLDR_HOME=/srv\nPOSTGRES_USER=x\n\nnonsense\n");

        assertThat(SettingSources.read(Map.of(), file).warnings())
                .containsExactly(
                        ".env, line 5 is not NAME=value: it has no effect",
                        ".env sets TLDR_HOME, which counts in the environment alone",
                        ".env sets DATABASE_URI, which is no setting: DATABASE_URL is one");
    }

    @Test
    void aFileWithSecretsIsForItsOwnerAlone() throws IOException {
        Path file = Files.writeString(folder.resolve(".env"), "SMTP_PASSWORD=hunter2\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(SettingSources.read(Map.of(), file).warnings())
                .singleElement()
                .isEqualTo(".env holds secrets and others may read it: chmod 600 " + file);

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(SettingSources.read(Map.of(), file).warnings()).isEmpty();
    }

    @Test
    void ofSecretsOnlyTheLengthIsShown() {
        assertThat(SettingCatalogue.of("SMTP_PASSWORD").shown("hunter2")).isEqualTo("(set, 7 characters)");
        assertThat(SettingCatalogue.of("DATABASE_URL").shown("postgresql://me:hunter2@db/x?password=hunter2&a=b"))
                .isEqualTo("postgresql://***@db/x?password=***&a=b");
        assertThat(SettingCatalogue.of("GEMINI_BASE_URL").shown("https://me:hunter2@proxy"))
                .isEqualTo("https://***@proxy");
    }
}
