package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.workflows.event.Signature;

/** The commands for whoever writes a receiver, against the listener of one of them. */
class WebhooksCommandIT {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> said = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aSampleIsVerifiedByTheListenerAndHandedOn() throws Exception {
        List<String> behind = new CopyOnWriteArrayList<>();
        try (WebhookListener receiver = new WebhookListener(0, null, behind::add);
                WebhookListener listener = new WebhookListener(0, receiver.url(), said::add)) {
            receiver.verifyWith(SECRET);
            listener.verifyWith(SECRET);

            assertThat(run(
                            "webhooks",
                            "trigger",
                            "highlight.processed",
                            "--to",
                            listener.url().toString()))
                    .isZero();

            assertThat(said)
                    .singleElement()
                    .asString()
                    .contains("highlight.processed", "attempt 1", "verified", "→ 200");
            assertThat(behind).singleElement().asString().contains("highlight.processed", "verified");
            assertThat(out.toString()).contains("  200  ");
        }
    }

    @Test
    void whatIsNotOursIsNotTaken() throws Exception {
        try (WebhookListener listener = new WebhookListener(0, null, said::add)) {
            listener.verifyWith("another secret");

            assertThat(run(
                            "webhooks",
                            "trigger",
                            "stream.completed",
                            "--to",
                            listener.url().toString()))
                    .isEqualTo(1);

            assertThat(said).singleElement().asString().contains("NOT VERIFIED: The secret is the wrong one, or");
        }
    }

    @Test
    void verifyExplainsWhatIsWrong() throws Exception {
        Files.writeString(folder.resolve("body"), "{\"id\":\"evt_1\"}");
        String now = String.valueOf(Instant.now().getEpochSecond());
        String signature =
                Signature.standard(SECRET, "evt_1", Instant.ofEpochSecond(Long.parseLong(now)), "{\"id\":\"evt_1\"}");

        assertThat(run("webhooks", "verify", "body", "--id", "evt_1", "--timestamp", now, "--signature", signature))
                .isZero();
        assertThat(run("webhooks", "verify", "body", "--id", "evt_2", "--timestamp", now, "--signature", signature))
                .isEqualTo(1);

        assertThat(out.toString()).contains("The signature fits").contains("another delivery");
        assertThat(run("webhooks", "verify", "gone", "--id", "evt_1", "--timestamp", now, "--signature", signature))
                .isEqualTo(1);
        assertThat(err.toString()).contains("There is no file gone");
        assertThat(run("webhooks", "trigger", "stream.exploded", "--to", "http://127.0.0.1:9/"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("There is no event stream.exploded").doesNotContain("\tat ");
        assertThat(run("webhooks")).isEqualTo(2);
    }

    private int run(String... arguments) {
        Surroundings surroundings = new Surroundings(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Map.of("WEBHOOK_SECRET", SECRET),
                folder,
                false,
                0);
        return Main.commandLine(surroundings, new Cleanup()).execute(arguments);
    }
}
