package tv.tldr.api.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.activities.store.FreshUuid;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.event.EventType;
import tv.tldr.workflows.event.Signature;

/** {@code tldr webhooks}: for whoever looks after webhooks, or writes a receiver. */
@Command(
        name = "webhooks",
        description =
                "Looks after webhooks: what was sent, and what is to be sent again; listens for them, and explains signatures.",
        footer = {
            "",
            "ID is that of a webhook (whk_…) of the key's organization. A secret is that of --secret, else of WEBHOOK_SECRET.",
            "Exit status: 0 done · 1 failed, not verified, or not taken · 2 wrong usage"
        })
final class WebhooksCommand implements Callable<Integer> {
    private static final String WEBHOOKS = "/api/v1/webhooks";

    private final Surroundings surroundings;
    private final Cleanup cleanup;

    @Mixin
    private Output output = new Output();

    @Mixin
    private Access access = new Access();

    WebhooksCommand(Surroundings surroundings, Cleanup cleanup) {
        this.surroundings = surroundings;
        this.cleanup = cleanup;
    }

    @Override
    public Integer call() {
        throw output.wrong("say what to do: list, describe, deliveries, redeliver, recover, listen, trigger or verify");
    }

    @Command(name = "list", description = "All webhooks, and whether they take what they are told.")
    int list() throws IOException {
        List<JsonNode> webhooks = session().ask(client -> client.list(WEBHOOKS));
        output.print(surroundings, JsonMapper.shared().createArrayNode().addAll(webhooks), WebhookTable.list(webhooks));
        return ExitCode.OK;
    }

    @Command(name = "describe", description = "One webhook, with what became of its deliveries of the last 7 days.")
    int describe(@Parameters(paramLabel = "ID") String id) throws IOException {
        ObjectNode webhook = session().ask(client -> {
            ObjectNode found = client.get(path(id)).asObject();
            found.set("stats", client.get(path(id) + "/stats"));
            return found;
        });
        output.print(surroundings, webhook, WebhookTable.one(webhook));
        return ExitCode.OK;
    }

    @Command(name = "deliveries", description = "The last 100 deliveries to a webhook, the newest first.")
    int deliveries(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--status", paramLabel = "WORD", description = "pending, retrying, delivered or failed.")
                    @Nullable
                    String status)
            throws IOException {
        String filter = status == null ? "" : "&status=" + encoded(status);
        JsonNode page = session().ask(client -> client.get(path(id) + "/deliveries?limit=100" + filter));
        output.print(surroundings, page.path("data"), WebhookTable.deliveries(page.path("data")));
        return ExitCode.OK;
    }

    @Command(name = "redeliver", description = "Sends one delivery again, with the same id.")
    int redeliver(
            @Parameters(paramLabel = "ID") String id,
            @Parameters(paramLabel = "DELIVERY", description = "del_…") String delivery)
            throws IOException {
        String again = path(id) + "/deliveries/" + encoded(delivery) + "/redeliver";
        JsonNode told =
                session().ask(client -> client.post(again, JsonMapper.shared().createObjectNode()));
        output.print(
                surroundings,
                told,
                List.of(told.path("id").asString("") + "  "
                        + told.path("status").asString("")));
        return ExitCode.OK;
    }

    @Command(name = "recover", description = "Sends again all that has not arrived.")
    int recover(
            @Parameters(paramLabel = "ID") String id,
            @Option(
                            names = "--since",
                            paramLabel = "INSTANT",
                            description = "Such as 2026-01-31T12:00:00Z, within 14 days. Default: 14 days ago.")
                    @Nullable
                    String since)
            throws IOException {
        String all = path(id) + "/recover" + (since == null ? "" : "?since=" + encoded(since));
        JsonNode told =
                session().ask(client -> client.post(all, JsonMapper.shared().createObjectNode()));
        output.print(surroundings, told, List.of(told.path("recovered").asString("0") + " are sent again."));
        if (told.path("has_more").asBoolean(false)) {
            output.messages(surroundings).say("There may be more: do it once more.");
        }
        return ExitCode.OK;
    }

    @Command(
            name = "listen",
            description = {
                "Prints and verifies what comes to a port of this machine, until Ctrl-C.",
                "Without a secret it makes a webhook for itself at the instance that runs here, and deletes it in the end;"
                        + " that instance needs WEBHOOK_ALLOW_PRIVATE=true."
            })
    int listen(
            @Option(
                            names = "--port",
                            paramLabel = "PORT",
                            defaultValue = "4242",
                            description = "Default: 4242; 0: a free one.")
                    int port,
            @Option(names = "--forward-to", paramLabel = "URL", description = "Hand everything on to this receiver.")
                    @Nullable
                    URI forwardTo,
            @Option(
                            names = "--events",
                            split = ",",
                            paramLabel = "NAME",
                            description = "Such as highlight.*; default: all.")
                    @Nullable
                    List<String> events,
            @Option(names = "--secret", paramLabel = "SECRET", description = "Of the webhook that sends here.")
                    @Nullable
                    String secret)
            throws Exception {
        WebhookListener listener = new WebhookListener(port, forwardTo, line -> {
            surroundings.out().println(line);
            surroundings.out().flush();
        });
        cleanup.atEnd(listener::close);
        Optional<String> known = secret(secret);
        listener.verifyWith(known.isPresent() ? known.get() : register(listener.url(), events));
        surroundings.err().println("Listening on " + listener.url() + " until Ctrl-C.");
        surroundings.err().flush();
        Thread.currentThread().join();
        return ExitCode.OK;
    }

    /** The secret of a webhook that goes with us. */
    private String register(URI url, @Nullable List<String> events) throws IOException {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.put("url", url.toString()).put("description", "tldr webhooks listen");
        ArrayNode wanted = body.putArray("events");
        (events == null ? List.of("*") : events).forEach(wanted::add);
        ApiSession session = session();
        JsonNode made = session.ask(client -> client.post(WEBHOOKS, body));
        String path = WEBHOOKS + "/" + made.path("id").asString();
        cleanup.atEnd(() -> forget(session, path));
        return made.path("secret").asString();
    }

    private void forget(ApiSession session, String path) {
        try {
            session.askIfConnected(client -> client.delete(path));
        } catch (IOException | RuntimeException gone) {
            surroundings.err().println("The webhook " + path + " is left over: " + gone.getMessage());
        }
    }

    @Command(name = "trigger", description = "Sends a sample of an event to a receiver, signed, and prints its answer.")
    int trigger(
            @Parameters(paramLabel = "EVENT", description = "Such as highlight.processed.") String event,
            @Option(names = "--to", required = true, paramLabel = "URL", description = "The receiver.") URI to,
            @Option(names = "--secret", paramLabel = "SECRET", description = "To sign it with.") @Nullable
                    String secret)
            throws Exception {
        EventType type = Arrays.stream(EventType.values())
                .filter(known -> known.wire().equals(event))
                .findFirst()
                .orElseThrow(() -> new Failure("There is no event " + event + "; there are "
                        + Arrays.stream(EventType.values()).map(EventType::wire).collect(Collectors.joining(", "))
                        + "."));
        String key = secret(secret).orElseThrow(WebhooksCommand::noSecret);
        Instant now = Clock.systemUTC().instant();
        EventId id = new EventId(FreshUuid.next());
        String body = SampleEvent.body(type, id, now);
        HttpRequest request = HttpRequest.newBuilder(to)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("webhook-id", id.toString())
                .header("webhook-timestamp", String.valueOf(now.getEpochSecond()))
                .header("webhook-signature", Signature.standard(key, id.toString(), now, body))
                .header("X-TLDR-Signature", Signature.plain(key, body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            surroundings.print(List.of(id + "  " + answer.statusCode() + "  " + answer.body()), "");
            return answer.statusCode() / 100 == 2 ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (IOException away) {
            throw new Failure("Nobody took it at " + to + ": " + away + ".", away);
        }
    }

    @Command(name = "verify", description = "Tells whether a webhook is ours, and if not, what is wrong.")
    int verify(
            @Parameters(paramLabel = "BODY", description = "A file with the body as it came.") Path body,
            @Option(names = "--id", required = true, paramLabel = "TEXT", description = "webhook-id") String id,
            @Option(names = "--timestamp", required = true, paramLabel = "SECONDS", description = "webhook-timestamp")
                    String timestamp,
            @Option(names = "--signature", required = true, paramLabel = "TEXT", description = "webhook-signature")
                    String signature,
            @Option(names = "--plain", defaultValue = "", paramLabel = "TEXT", description = "X-TLDR-Signature")
                    String plain,
            @Option(names = "--tolerance", defaultValue = "300", paramLabel = "SECONDS", description = "Default: 300.")
                    int tolerance,
            @Option(names = "--secret", paramLabel = "SECRET", description = "Of the webhook.") @Nullable String secret)
            throws IOException {
        String key = secret(secret).orElseThrow(WebhooksCommand::noSecret);
        SignatureCheck.Finding finding = new SignatureCheck(key, id, timestamp, signature, plain, text(body))
                .judge(Clock.systemUTC().instant(), Duration.ofSeconds(tolerance));
        surroundings.print(List.of(finding.why()), "");
        return finding.good() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private String text(Path body) throws IOException {
        try {
            return new String(Files.readAllBytes(surroundings.folder().resolve(body)), UTF_8);
        } catch (NoSuchFileException e) {
            throw new Failure("There is no file " + body + ": give one with the body of the request as it came.", e);
        }
    }

    private ApiSession session() throws IOException {
        return access.session(surroundings, cleanup, output.messages(surroundings));
    }

    private static String path(String id) {
        return WEBHOOKS + "/" + encoded(id);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private Optional<String> secret(@Nullable String given) {
        return Optional.ofNullable(given == null ? surroundings.environment().get("WEBHOOK_SECRET") : given)
                .filter(text -> !text.isEmpty());
    }

    private static Failure noSecret() {
        return new Failure("There is no secret: give --secret, or set WEBHOOK_SECRET.");
    }
}
