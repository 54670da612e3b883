package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ConfigCommandTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void showsWhatCountsAndWhereItComesFrom() throws IOException {
        settings(".env", "PORT=9000\nLOG_LEVEL=warn\n");
        settings(".env.production", "LOG_LEVEL=debug\n");

        Typed config = Typed.in(folder, "config");

        assertThat(config.exitCode()).isZero();
        assertThat(config.out())
                .containsPattern("PORT +9000 +\\.env\n")
                .containsPattern("LOG_LEVEL +debug +\\.env\\.production\n")
                .containsPattern("BIND_ADDRESS +127\\.0\\.0\\.1 +default of \\./tldr\n")
                .containsPattern("WEBHOOK_TIMEOUT_SECONDS +30\n")
                .containsPattern("SMTP_HOST +–\n");
        assertThat(config.err()).isEmpty();
    }

    @Test
    void showsNoSecret() throws IOException {
        settings(
                ".env",
                "SECRET_KEY=" + SECRET + "\nDATABASE_URL=postgresql://me:hunter2@db/tldr\nGEMINI_API_KEY=hunter2\n");

        for (String form : new String[] {"--changed", "--json"}) {
            Typed config = Typed.in(folder, "config", form);

            assertThat(config.out() + config.err())
                    .contains("(set, 32 characters)", "postgresql://***@db/tldr")
                    .doesNotContain("hunter2", SECRET);
        }
    }

    /** As whoever looks why the address is refused. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://tldr:hun/ter2@db:5432/tldr",
                "postgresql://tldr:ter2@hunter2@db:5432/tldr",
                "postgresql://tldr:x@hunter2/y@db:5432/tldr?user=me@example.com",
                "tldr:hunter2@db:5432/tldr",
                "jdbc:postgresql://db:5432/tldr?user=tldr&password=x@hunter2",
            })
    void showsNoPasswordOfAnAddressThatIsNone(String address) throws IOException {
        settings(".env", "DATABASE_URL=" + address + "\n");

        for (String form : new String[] {"--changed", "--json", "--check"}) {
            Typed config = Typed.in(folder, "config", form);

            assertThat(config.out() + config.err()).doesNotContain("hunter2", "hun/", "ter2");
        }
        assertThat(Typed.in(folder, "config", "--changed").out()).contains("***");
    }

    @Test
    void tellsEveryFaultAtOnceInALineEach() throws IOException {
        settings(".env", "PORT=http\nDATABASE_URL=postgresql://me:hunter2@db/tldr\nSECRET_KEYS=x\n");

        Typed config = Typed.in(folder, "config", "--check");

        assertThat(config.exitCode()).isEqualTo(2);
        assertThat(config.out()).isEmpty();
        assertThat(config.err().lines())
                .containsExactly(
                        "WARNING: .env sets SECRET_KEYS, which is no setting: SECRET_KEY is one",
                        "PORT must be a whole number from 1 to 65535 — for example: PORT=8000",
                        "SECRET_KEY is missing: it is required with a DATABASE_URL of your own — for example: "
                                + "SECRET_KEY=$(openssl rand -hex 32)");
    }

    @Test
    void isJsonForPrograms() throws IOException {
        settings(".env", "PORT=http\nSMTP_PROT=x\n");

        Typed config = Typed.in(folder, "config", "--json", "--changed");

        JsonNode page = config.json();
        assertThat(page.path("settings")).hasSize(1);
        assertThat(page.at("/settings/0/name").asString()).isEqualTo("PORT");
        assertThat(page.at("/settings/0/source").asString()).isEqualTo(".env");
        assertThat(page.at("/problems/0/name").asString()).isEqualTo("PORT");
        assertThat(page.at("/warnings/0").asString()).contains("SMTP_PORT");
        assertThat(config.exitCode()).isEqualTo(2);
    }

    private void settings(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
        Files.setPosixFilePermissions(folder.resolve(file), PosixFilePermissions.fromString("rw-------"));
    }
}
