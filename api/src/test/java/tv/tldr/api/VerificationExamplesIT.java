package tv.tldr.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.tldr.workflows.event.Signature;

/** The programs of the page about webhooks take what we sign, and nothing else; each where its runtime is installed. */
class VerificationExamplesIT {
    private static final Path PAGE = Path.of("..", "docs", "api", "webhooks.md");
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ID = "evt_01kb0000000000000000000000";
    private static final String BODY =
            "{\"id\":\"evt_01kb0000000000000000000000\",\"data\":{\"title\":\"Tor für Köln\"}}";

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({"java, Verify.java", "python3, verify.py", "node, verify.js", "go, verify.go"})
    void takesWhatIsSignedAndNothingElse(String program, String file) throws Exception {
        String runtime = installed(program).toString();
        Files.writeString(folder.resolve(file), example(file));
        List<String> run = program.equals("go") ? built(runtime, file) : List.of(runtime, file);
        Instant now = Instant.now();
        String good = Signature.standard(SECRET, ID, now, BODY);
        String other = Signature.standard("another secret", ID, now, BODY);

        assertThat(verifies(run, ID, now, good, BODY)).isTrue();
        assertThat(verifies(run, ID, now, other + " " + good, BODY))
                .as("while it is rotated")
                .isTrue();
        assertThat(verifies(run, ID, now, other, BODY)).as("another secret").isFalse();
        assertThat(verifies(run, ID, now, good, BODY + " ")).as("another body").isFalse();
        assertThat(verifies(run, ID + "x", now, good, BODY)).as("another id").isFalse();
        Instant before = now.minusSeconds(301);
        assertThat(verifies(run, ID, before, Signature.standard(SECRET, ID, before, BODY), BODY))
                .as("too old")
                .isFalse();
    }

    private boolean verifies(List<String> run, String id, Instant at, String signatures, String body) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(run.stream(), Stream.of(id, String.valueOf(at.getEpochSecond()), signatures))
                                .toList())
                .directory(folder.toFile())
                .redirectError(folder.resolve("errors").toFile());
        builder.environment().put("WEBHOOK_SECRET", SECRET);
        Process process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write(body.getBytes(UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return process.exitValue() == 0 && said.strip().equals("verified");
    }

    /** Once, and not anew for each signature. */
    private List<String> built(String go, String file) throws Exception {
        Path program = folder.resolve("verify");
        ProcessBuilder builder = new ProcessBuilder(go, "build", "-o", program.toString(), file)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("errors").toFile());
        // What it has compiled of its own library is kept for the next run.
        builder.environment()
                .put("GOCACHE", Path.of("target", "go-cache").toAbsolutePath().toString());
        assertThat(builder.start().waitFor())
                .as(Files.readString(folder.resolve("errors")))
                .isZero();
        return List.of(program.toString());
    }

    /** Begins with the name of its file, in a comment. */
    private static String example(String file) throws IOException {
        Matcher block = Pattern.compile("(?s)```[a-z]+\n((?://|#) " + file + "\n.*?)```")
                .matcher(Files.readString(PAGE));
        assertThat(block.find()).as("an example in %s", file).isTrue();
        return block.group(1);
    }

    private static Path installed(String program) {
        Stream<Path> folders = Stream.concat(
                Stream.of(Path.of(System.getProperty("java.home"), "bin"), Path.of("/usr/local/go/bin")),
                Stream.of(System.getenv("PATH").split(":")).map(Path::of));
        List<Path> found = folders.map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .toList();
        assumeTrue(!found.isEmpty(), program + " is not installed");
        return found.getFirst();
    }
}
