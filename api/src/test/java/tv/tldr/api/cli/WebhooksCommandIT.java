package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.api.Caller;
import tv.tldr.api.RunningApi;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.embedded.InstanceLock;
import tv.tldr.api.embedded.RunningInstance;
import tv.tldr.workflows.event.Signature;

/** The commands for whoever writes a receiver, against the listener of one of them. */
class WebhooksCommandIT {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String OF_ONE_DIMENSION = """
            {"name": "of theirs alone",
             "dimensions": [{"id": "action", "weight": 1, "rules": {"based_on": "gaming_default/action_intensity"}}]}""";

    private final Map<String, String> environment = new HashMap<>(Map.of("WEBHOOK_SECRET", SECRET));
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

    @Test
    void whatAnotherOrganizationHasIsFoundWithAKeyOfTheirs() throws Exception {
        RunningApi api = RunningApi.shared();
        Caller theirs = api.caller("admin");
        String webhook = theirs.post(
                        "/api/v1/webhooks", "{\"url\": \"https://hooks.example.com/t\", \"events\": [\"*\"]}")
                .text("/id");
        String set = theirs.post("/api/v1/dimension-sets", OF_ONE_DIMENSION).text("/id");
        Home home = new Home(folder.resolve(".tldr"));
        try (InstanceLock _ = InstanceLock.tryAcquire(home).orElseThrow()) {
            new RunningInstance(ProcessHandle.current().pid(), URI.create("http://127.0.0.1:" + api.port()), null, null)
                    .announce(home);
            Files.writeString(home.apiKey(), api.caller("admin").key());

            assertThat(run("webhooks", "describe", webhook)).isEqualTo(1);
            assertThat(err.toString())
                    .startsWith("tldr: RESOURCE_NOT_FOUND: ")
                    .contains("the key of " + home.apiKey(), "by --api-key or TLDR_API_KEY");

            assertThat(run("webhooks", "describe", webhook, "--api-key", theirs.key()))
                    .isZero();
            environment.put("TLDR_API_KEY", theirs.key());
            assertThat(run("webhooks", "describe", webhook)).isZero();
            assertThat(run("dimensions", "export", set)).isZero();
            assertThat(out.toString()).contains("https://hooks.example.com/t", "of theirs alone");

            environment.put("TLDR_API_KEY", "tldr_sk_nobodys");
            assertThat(run("keys", "list")).isEqualTo(1);
            assertThat(err.toString()).contains("INVALID_API_KEY", "It is the key that was given.");
        }
    }

    private int run(String... arguments) {
        Surroundings surroundings =
                new Surroundings(new PrintWriter(out, true), new PrintWriter(err, true), environment, folder, false, 0);
        return Main.commandLine(surroundings, new Cleanup()).execute(arguments);
    }
}
