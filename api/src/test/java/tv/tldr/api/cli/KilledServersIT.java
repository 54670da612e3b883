package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The servers below {@code tldr serve} are killed under it; it goes on with what they knew, or says that it cannot. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KilledServersIT {
    private Path folder = Path.of("");
    private String film = "";
    private Program serve;

    @BeforeAll
    void start(@TempDir Path fresh) throws IOException {
        folder = fresh.toRealPath();
        film = new Footage(folder)
                .make("film.mp4", "-ss 70 -i SAMPLE -t 20 -c copy")
                .toString();
        serve = Program.start(folder, "serve");
        serve.ready();
    }

    @AfterAll
    void stop() {
        serve.close();
    }

    @Test
    @Order(1)
    void aStreamIsCompletedAfterTemporalWasKilled() throws IOException {
        ProcessHandle killed = kill(temporal());

        completesAStream();
        assertThat(temporal().pid()).isNotEqualTo(killed.pid());
        assertThat(warnings()).singleElement().asString().contains("The Temporal server ended");
    }

    @Test
    @Order(2)
    void aStreamIsCompletedAfterThePostmasterWasKilled() throws IOException {
        ProcessHandle killed = kill(postmaster());

        completesAStream();
        assertThat(postmaster().pid()).isNotEqualTo(killed.pid());
        assertThat(warnings()).hasSize(2).last().asString().contains("PostgreSQL ended");
    }

    @Test
    @Order(3)
    void theProgramEndsWhenAServerCannotBeStartedAgain() throws Exception {
        Files.writeString(folder.resolve(".tldr/postgres/data/PG_VERSION"), "1\n");

        kill(postmaster());

        assertThat(serve.exit()).isEqualTo(1);
        assertThat(serve.err().lines().filter(line -> line.startsWith("tldr: ")))
                .singleElement()
                .asString()
                .startsWith("tldr: PostgreSQL ended 4 times in a row");
        assertThat(serve.others()).isEmpty();
    }

    @Test
    void whoeverEndsTheProgramWhileServersAreStartedAgainFindsNothingLeft(@TempDir Path other) throws Exception {
        Path home = other.toRealPath();
        try (Program program = Program.start(home, "serve")) {
            program.ready();
            kill(temporalOf(program));
            kill(postmasterIn(home));
            program.terminate();

            assertThat(program.exit()).isEqualTo(143);
            assertThat(program.others()).isEmpty();
        }
    }

    private void completesAStream() {
        Typed ending = Typed.in(folder, "analyze", film, "--json");

        assertThat(ending.err()).doesNotContain("Starting");
        assertThat(ending.exitCode()).as(ending.err()).isZero();
        assertThat(ending.json().at("/stream/status").asString()).isEqualTo("completed");
    }

    private static ProcessHandle kill(ProcessHandle victim) {
        victim.destroyForcibly();
        await().until(() -> !victim.isAlive());
        return victim;
    }

    private ProcessHandle temporal() {
        return temporalOf(serve);
    }

    private ProcessHandle postmaster() throws IOException {
        return postmasterIn(folder);
    }

    private static ProcessHandle temporalOf(Program program) {
        return program.others().stream()
                .filter(process -> process.info().command().orElse("").endsWith("/temporal"))
                .findFirst()
                .orElseThrow();
    }

    private static ProcessHandle postmasterIn(Path folder) throws IOException {
        String pid = Files.readAllLines(folder.resolve(".tldr/postgres/data/postmaster.pid"))
                .getFirst();
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }

    private List<String> warnings() throws IOException {
        return Files.readAllLines(folder.resolve(".tldr/logs/tldr.log")).stream()
                .filter(line -> line.contains("although nobody told it to"))
                .toList();
    }
}
