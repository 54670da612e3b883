package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Predicate;
import java.util.logging.ConsoleHandler;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.embedded.InstanceLock;
import tv.tldr.api.embedded.RunningInstance;

class DoctorCommandTest {
    private static final String TOKEN = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whereNothingRunsItSaysSoAndStartsNothing() {
        Typed doctor =
                Typed.in(folder, "doctor", "--only", "database-down,temporal-down,webhook-failing,settings-wrong");

        assertThat(doctor.exitCode()).isEqualTo(3);
        assertThat(doctor.out())
                .contains("Passed over database-down")
                .contains("Not all could be looked at, 1 well, 3 passed over");
        assertThat(folder.resolve(".tldr")).doesNotExist();
    }

    @Test
    void whatStandsInTheWayOfACheckThatIsWantedIsTold() throws IOException {
        settings("DATABASE_URL=postgresql://tldr@127.0.0.1:1/tldr\n");

        Typed doctor = Typed.in(folder, "doctor", "--only", "database-behind");

        assertThat(doctor.exitCode()).isEqualTo(4);
        assertThat(doctor.out())
                .contains("ERROR  PostgreSQL does not answer  [database-down]")
                .contains("Passed over database-behind: see database-down.")
                .contains("1 found, 0 well, 1 passed over");
    }

    @Test
    void aWrongSettingIsOneFaultAndNotAllThatComesOfIt() throws IOException {
        settings("SECRET_KEY=0f1e2d3c4b5a69788796a5b4c3d2e1f0\nDATABASE_URL=mysql://tldr@127.0.0.1/tldr\n");

        Typed doctor = Typed.in(folder, "doctor", "--only", "database-down,results-empty,webhook-failing");

        assertThat(doctor.exitCode()).isEqualTo(4);
        assertThat(doctor.out())
                .contains("DATABASE_URL must be a postgresql:// URL", "1 found, 0 well, 3 passed over")
                .contains("Passed over database-down, results-empty, webhook-failing: see settings-wrong.");
        assertThat(Logger.getLogger("").getHandlers())
                .as("nothing is logged beside it")
                .noneMatch(ConsoleHandler.class::isInstance);
    }

    @Test
    void aHostOfTemporalThatNobodyKnowsIsToldAsThat() throws IOException {
        settings("TEMPORAL_ADDRESS=temporal.invalid:7233\n");

        assertThat(Typed.in(folder, "doctor", "--only", "temporal-down").out())
                .contains("nobody knows the host of temporal.invalid:7233");
    }

    @Test
    void aSecretThatIsTooShortIsNotCalledWeakBesides() throws IOException {
        settings("SECRET_KEY=short\n");

        assertThat(Typed.in(folder, "doctor", "--only", "settings-wrong,settings-weak")
                        .out())
                .contains("SECRET_KEY is too short", "1 found, 1 well");
    }

    @Test
    void aFindingHasEvidenceMeaningAndCommandAndDecidesTheExitStatus() throws IOException {
        settings("PORT=http\n");

        Typed doctor = Typed.in(folder, "doctor", "--only", "settings-wrong");

        assertThat(doctor.exitCode()).isEqualTo(4);
        assertThat(doctor.out())
                .containsSubsequence(
                        "ERROR  A setting is missing or wrong  [settings-wrong]",
                        "found  PORT must be a whole number",
                        "means  The program does not start",
                        "fix    PORT=8000",
                        "in .env");
    }

    @Test
    void aWarningIsNoError() throws IOException {
        settings("SECRET_KEYS=x\n");

        assertThat(Typed.in(folder, "doctor", "--only", "settings-idle").exitCode())
                .isEqualTo(3);
    }

    @Test
    void isJsonForPrograms() throws IOException {
        settings("PORT=http\n");

        JsonNode page = Typed.in(folder, "doctor", "--json", "--only", "settings-wrong,settings-idle")
                .json();

        assertThat(page.path("worst").asString()).isEqualTo("error");
        assertThat(page.at("/findings/0/check").asString()).isEqualTo("settings-wrong");
        assertThat(page.at("/findings/0/fix").asString()).isEqualTo("PORT=8000");
        assertThat(page.at("/healthy/0").asString()).isEqualTo("settings-idle");
    }

    @Test
    void mendsWhatIsSafeAndLooksAgain() throws IOException {
        settings("SMTP_PASSWORD=hunter2\n");
        Files.setPosixFilePermissions(folder.resolve(".env"), PosixFilePermissions.fromString("rw-r--r--"));

        Typed doctor = Typed.in(folder, "doctor", "--fix", "--only", "settings-open");

        assertThat(doctor.exitCode()).isZero();
        assertThat(doctor.err()).startsWith("Mended settings-open: ");
        assertThat(Files.getPosixFilePermissions(folder.resolve(".env")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void anAreaStandsForAllOfItsChecks() throws Exception {
        settings("PORT=http\nSECRET_KEYS=x\n");

        JsonNode page =
                Typed.in(folder, "doctor", "--json", "--only", "settings").json();

        assertThat(page.path("findings"))
                .extracting(finding -> finding.path("check").asString())
                .containsExactlyInAnyOrder("settings-wrong", "settings-idle");
        assertThat(page.path("healthy"))
                .extracting(JsonNode::asString)
                .isNotEmpty()
                .allMatch(check -> check.startsWith("settings-"));
    }

    @Test
    void whatAnAreaCannotLookAtIsNoLackOfIt() throws IOException {
        Typed doctor = Typed.in(folder, "doctor", "--only", "storage");

        assertThat(doctor.exitCode()).as(doctor.toString()).isZero();
        assertThat(doctor.out()).contains("Passed over", "objects are kept in a folder");
    }

    @Test
    void metricsThatAreClosedAreReadWithTheToken() throws IOException {
        HttpServer api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer(api, "/health", _ -> true);
        answer(api, "/metrics", asked -> ("Bearer " + TOKEN).equals(asked.getFirst("Authorization")));
        api.start();
        try {
            Home home = new Home(folder.resolve(".tldr"));
            home.create();
            URI address = URI.create("http://127.0.0.1:" + api.getAddress().getPort());
            new RunningInstance(ProcessHandle.current().pid(), address, null, null).announce(home);

            assertThat(Typed.in(folder, "doctor", "--only", "api-pool").out())
                    .contains("/metrics is closed by OPERATIONS_OPEN=false");
            settings("OPERATIONS_OPEN=false\nOPERATIONS_TOKEN=" + TOKEN + "\n");
            assertThat(Typed.in(folder, "doctor", "--only", "api-pool").exitCode())
                    .isZero();
        } finally {
            api.stop(0);
        }
    }

    private static void answer(HttpServer api, String path, Predicate<Headers> letsIn) {
        api.createContext(path, exchange -> {
            exchange.sendResponseHeaders(letsIn.test(exchange.getRequestHeaders()) ? 200 : 401, -1);
            exchange.close();
        });
    }

    @Test
    void whoHoldsTheFolderAndDoesNotAnswerIsNotCalledNobody() throws IOException {
        Home home = new Home(folder.resolve(".tldr"));
        try (InstanceLock _ = InstanceLock.tryAcquire(home).orElseThrow()) {
            assertThat(Typed.in(folder, "doctor", "--only", "api-down").out())
                    .contains(
                            "a process holds " + home.folder(),
                            "or hangs",
                            home.log().toString());
        }
        assertThat(Typed.in(folder, "doctor", "--only", "api-down").out()).contains("no instance of this home runs");
    }

    @Test
    void anUnknownCheckIsWrongUsage() {
        Typed doctor = Typed.in(folder, "doctor", "--only", "weather");

        assertThat(doctor.exitCode()).isEqualTo(2);
        assertThat(doctor.err()).contains("there is no check weather; there are settings-wrong, ");
    }

    private void settings(String text) throws IOException {
        Files.writeString(folder.resolve(".env"), text);
        Files.setPosixFilePermissions(folder.resolve(".env"), PosixFilePermissions.fromString("rw-------"));
    }
}
