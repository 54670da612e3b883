package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Does the program keep to its own description, whatever it is asked? Requests are made from {@code openapi.json}, right and
 * wrong ones, alone and in sequences: a few in each run of all tests. {@code -Dschemathesis.examples=100} makes many, and
 * {@code -Dschemathesis.phases=all} tries the edges of every field besides, fifteen thousand requests. All that is well formed must be
 * taken; what is refused for its meaning is known to {@code hooks.py}.
 */
class SchemathesisIT {
    private static final String RELEASE = "4.32.5";
    private static final String EXAMPLES = System.getProperty("schemathesis.examples", "2");
    private static final String PHASES = System.getProperty("schemathesis.phases", "examples,fuzzing,stateful")
            .replace("all", "examples,coverage,fuzzing,stateful");
    private static final String SEED = System.getProperty("schemathesis.seed", "1");
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final Path SETUP = Path.of("src/test/resources/schemathesis").toAbsolutePath();

    private final RunningApi api = RunningApi.shared();

    @Test
    void theServerKeepsToItsDescription() throws Exception {
        FetchedTool schemathesis = FetchedTool.python("schemathesis", RELEASE, "schemathesis");
        Path folder = Files.createDirectories(Path.of("target", "schemathesis").toAbsolutePath());
        Path log = folder.resolve("log.txt");

        int code = schemathesis.run(folder, log, PATIENCE, setup(), arguments());

        String said = Files.readString(log);
        assertThat(said.toLowerCase(Locale.ROOT)).contains(PHASES.split(","));
        assertThat(code).as(said).isZero();
    }

    private List<String> arguments() {
        return List.of(
                "--config-file",
                SETUP.resolve("schemathesis.toml").toString(),
                "run",
                "http://127.0.0.1:" + api.port() + "/openapi.json",
                "--phases",
                PHASES,
                "--max-examples",
                EXAMPLES,
                "--seed",
                SEED,
                "--workers",
                "2",
                "--no-shrink",
                "--generation-database",
                "none");
    }

    /**
     * An owner, who is signed in and has a key, in an organization without limits where there is something of each kind; and a key
     * of another organization, for which nothing of that is there.
     */
    private Map<String, String> setup() {
        Person owner = Person.register(api).unlimited();
        Caller key = api.caller(owner.organization(), null, "admin");
        Person other = Person.register(api).unlimited();
        Sample sample = Sample.completed(api, owner.organization());
        Map<String, String> things = Map.of(
                "stream", sample.stream().streamId().toString(),
                "hl", sample.highlight(0).toString(),
                "org", owner.organization().toString());
        return Map.of(
                "TLDR_OTHER_KEY",
                        api.caller(other.organization(), null, "admin").key(),
                "SCHEMATHESIS_HOOKS", "hooks",
                "PYTHONPATH", SETUP.toString(),
                "PYTHONDONTWRITEBYTECODE", "1",
                "TLDR_KEY", key.key(),
                "TLDR_OWN_KEY", key.get("/api/v1/auth/api-keys").text("/data/0/id"),
                "TLDR_TOKEN", owner.caller().key(),
                "TLDR_THINGS", JsonMapper.shared().writeValueAsString(things));
    }
}
