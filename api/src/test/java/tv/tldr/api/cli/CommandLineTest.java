package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void helpIsDataOnStdout() {
        assertThat(run("--help")).isZero();

        assertThat(out.toString()).startsWith("TL;DR turns long video").contains("analyze FILE|URL");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void noCommandIsWrongUsageWithHelpOnStderr() {
        assertThat(run()).isEqualTo(2);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("Usage: tldr COMMAND");
    }

    @Test
    void theHelpPageKnowsEveryCommandThatIsNotHidden() throws IOException {
        String page = TldrCommand.page();
        CommandLine line = Main.commandLine(surroundings(), new Cleanup());
        line.getSubcommands().forEach((name, command) -> {
            if (!command.getCommandSpec().usageMessage().hidden()) {
                assertThat(page).contains("\n  " + name + " ");
            }
        });
    }

    @Test
    void theApisDescriptionIsDataOnStdoutOrInAFile() throws IOException {
        String served = Files.readString(Path.of("src/main/resources/openapi.json"));

        assertThat(run("openapi")).isZero();
        assertThat(run("openapi", "--out", "api.json")).isZero();

        assertThat(out.toString()).isEqualTo(served);
        assertThat(folder.resolve("api.json")).hasContent(served);
        assertThat(run("openapi", "--out", "nowhere/api.json")).isEqualTo(1);
        assertThat(err.toString()).contains("nowhere/api.json").doesNotContain("\tat ");
    }

    @Test
    void whoAsksADatabaseThatIsNotThereHearsThatAndNothingOfMigrations() {
        environment.put("DATABASE_URL", "postgresql://tldr@127.0.0.1:1/tldr");
        environment.put("SECRET_KEY", "0f1e2d3c4b5a69788796a5b4c3d2e1f0");

        assertThat(run("db", "history")).isEqualTo(1);

        assertThat(err.toString())
                .startsWith("tldr: There is no connection to the database: Connection to 127.0.0.1:1 refused.")
                .contains("./tldr doctor")
                .doesNotContain("migrated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"organizations list", "storage sweep --yes", "storage verify"})
    void whoseDatabaseIsAwayIsSentToTheDoctorAndNotToldAnythingOfSqlStates(String command) {
        environment.put("DATABASE_URL", "postgresql://tldr:a-password@127.0.0.1:1/tldr");
        environment.put("TEMPORAL_ADDRESS", "127.0.0.1:1");
        environment.put("SECRET_KEY", "0f1e2d3c4b5a69788796a5b4c3d2e1f0");

        assertThat(run(command.split(" ", -1))).isEqualTo(1);

        assertThat(err.toString()).contains("./tldr doctor").doesNotContain("SQLSTATE", "a-password", "\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "analyze",
                "explain",
                "reanalyze",
                "serve",
                "evaluate",
                "dimensions",
                "webhooks",
                "keys",
                "organizations",
                "streams",
                "queue",
                "db",
                "storage",
                "histories",
                "support-bundle",
                "openapi",
                "test"
            })
    void everyCommandExplainsItself(String command) {
        assertThat(run(command, "--help")).isZero();

        assertThat(out.toString()).contains("Usage: tldr " + command);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aWrongCommandGetsASuggestionAndTheExitCodeOfWrongUsage() {
        assertThat(run("analyse", "match.mp4")).isEqualTo(2);

        assertThat(err.toString()).contains("analyse").contains("tldr analyze").contains("Try: tldr --help");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "analyze",
                "analyze a.mp4 b.mp4",
                "analyze a.mp4 --max many",
                "serve --port x",
                "evaluate",
                "reanalyze",
                "explain stream_1 --at soon",
                "dimensions",
                "webhooks",
                "keys",
                "keys create mine",
                "keys create mine --scopes admin --expires-in soon",
                "organizations",
                "organizations plan org_1 starter",
                "organizations plan org_01jbxq7r5tfqnvezmkyb7hx3pa large",
                "streams list --limit many",
                "streams list --limit 101",
                "streams describe match",
                "streams reset stream_1",
                "queue",
                "queue describe uploads",
                "queue drain media --wait soon",
                "db",
                "db baseline --at newest",
                "db backup",
                "db restore",
                "storage",
                "histories",
                "histories export",
                "histories export --to x --look 0",
                "histories replay",
                "storage sync"
            })
    void whatCannotBeReadIsRefusedBeforeAnythingStarts(String line) {
        assertThat(run(line.split(" ", -1))).isEqualTo(2);

        assertThat(err.toString())
                .startsWith("tldr: ")
                .containsPattern("Try: tldr " + line.split(" ", -1)[0] + "( [a-z]+)? --help");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void eachWrongSettingIsOneLineAndNothingStarts() {
        environment.put("PORT", "eighty");
        environment.put("LOG_LEVEL", "loud");

        assertThat(run("serve")).isEqualTo(2);

        assertThat(err.toString().lines())
                .containsExactly(
                        "PORT must be a whole number from 1 to 65535 — for example: PORT=8000",
                        "LOG_LEVEL must be one of trace, debug, info, warn, error, off — for example: LOG_LEVEL=info");
        assertThat(folder.resolve(".tldr")).doesNotExist();
    }

    @Test
    void everyVideoNeedsItsLabels() {
        assertThat(run("evaluate", "a.mp4", "b.mp4", "--labels", "a.json")).isEqualTo(2);

        assertThat(err.toString()).contains("there are 2 videos and 1 files of labels");
    }

    @Test
    void missingLabelsAreToldBeforeTheFirstVideoIsAnalysed() {
        assertThat(run("evaluate", "a.mp4")).isEqualTo(1);

        assertThat(err.toString()).contains("There are no labels at " + folder.resolve("a.labels.json"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void storedResultsAreEvaluatedWithoutAnyInstance() throws IOException {
        Files.writeString(folder.resolve("a.json"), """
                {"stream": {"duration_seconds": 100}, "highlights": [
                  {"start_time": 10, "end_time": 20}, {"start_time": 70, "end_time": 80}]}
                """);
        Files.writeString(folder.resolve("a.labels.json"), "[{\"start\": 10, \"end\": 20}]");

        assertThat(run("evaluate", "--results", "a.json")).isZero();

        assertThat(out.toString().lines()).hasSize(3);
        assertThat(out.toString().lines().skip(1).findFirst().orElse(""))
                .startsWith("a.json")
                .containsPattern("1\\.00 +1\\.00 +0\\.67 +0\\.67 +0\\.67 +1\\.00 +2 / 1 +20");
        assertThat(folder.resolve(".tldr")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evaluate --results a.json", "evaluate --results a.json --json"})
    void aResultThatDoesNotFitIntoStdoutIsAFailure(String line) throws IOException {
        Files.writeString(folder.resolve("a.json"), "{\"stream\": {\"duration_seconds\": 100}, \"highlights\": []}");
        Files.writeString(folder.resolve("a.labels.json"), "[{\"start\": 10, \"end\": 20}]");

        Typed ending = Typed.withFullOut(folder, line.split(" ", -1));

        assertThat(ending.exitCode()).isEqualTo(1);
        assertThat(ending.err()).startsWith("tldr: The result could not be written to stdout: it is full or closed.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "show", "create", "update", "delete", "validate", "export"})
    void everyActionOnDimensionsExplainsItself(String action) {
        assertThat(run("dimensions", action, "--help")).isZero();

        assertThat(out.toString()).contains("Usage: tldr dimensions " + action);
    }

    @Test
    void aDimensionFileIsReadBeforeAnythingStarts() throws IOException {
        Files.writeString(folder.resolve("half.json"), "{\"name\": \n");
        Files.writeString(folder.resolve("list.json"), "[]");

        assertThat(run("dimensions", "create", "none.json")).isEqualTo(1);
        assertThat(run("dimensions", "validate", "half.json")).isEqualTo(1);
        assertThat(run("dimensions", "update", "dset_x", "list.json")).isEqualTo(1);

        assertThat(err.toString())
                .contains("There is no file " + folder.resolve("none.json"))
                .contains("half.json is not JSON: ", "line 2")
                .contains("must hold one JSON object");
        assertThat(folder.resolve(".tldr")).doesNotExist();
    }

    @Test
    void theTestsBelongToTheLauncher() {
        assertThat(run("test")).isEqualTo(1);

        assertThat(err.toString()).contains("./tldr test");
    }

    private int run(String... arguments) {
        return Main.commandLine(surroundings(), new Cleanup()).execute(arguments);
    }

    private Surroundings surroundings() {
        return new Surroundings(new PrintWriter(out, true), new PrintWriter(err, true), environment, folder, false, 0);
    }
}
