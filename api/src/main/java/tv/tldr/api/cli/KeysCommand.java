package tv.tldr.api.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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

/** {@code tldr keys}: API keys of the organization whose key it asks with. */
@Command(
        name = "keys",
        description = "Lists API keys, makes them, replaces or revokes them.",
        footer = {
            "",
            "ID is that of a key (key_…). A new key is printed once, on stdout; only its hash is stored.",
            "Exit status: 0 done · 1 failed · 2 wrong usage"
        })
final class KeysCommand implements Callable<Integer> {
    private static final String KEYS = "/api/v1/auth/api-keys";

    private final Surroundings surroundings;
    private final Cleanup cleanup;

    @Mixin
    private Output output = new Output();

    @Mixin
    private Access access = new Access();

    KeysCommand(Surroundings surroundings, Cleanup cleanup) {
        this.surroundings = surroundings;
        this.cleanup = cleanup;
    }

    @Override
    public Integer call() {
        throw output.wrong("say what to do: list, create, rotate or revoke");
    }

    @Command(name = "list", description = "All keys, with what they begin with and when they were used last.")
    int list() throws IOException {
        List<JsonNode> keys = session().ask(client -> client.list(KEYS));
        ArrayNode array = JsonMapper.shared().createArrayNode().addAll(keys);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Id", "Name", "Key", "Scopes", "Last used", "Expires"));
        keys.forEach(key -> rows.add(List.of(
                key.path("id").asString(""),
                key.path("name").asString(""),
                key.path("preview").asString(""),
                String.join(
                        ",",
                        key.path("scopes").valueStream().map(JsonNode::asString).toList()),
                key.path("last_used_at").asString("never"),
                key.path("expires_at").asString("never"))));
        output.print(surroundings, array, Columns.aligned(rows));
        return ExitCode.OK;
    }

    @Command(name = "create", description = "Makes a key, and prints it.")
    int create(
            @Parameters(paramLabel = "NAME", description = "What it is for.") String name,
            @Option(
                            names = "--scopes",
                            split = ",",
                            required = true,
                            paramLabel = "SCOPE",
                            description = "What it may do, such as streams:read,streams:write, or admin.")
                    List<String> scopes,
            @Option(
                            names = "--expires-in",
                            paramLabel = "TIME",
                            description = "It ends after that, such as 90d. Default: never.")
                    @Nullable
                    String expiresIn)
            throws IOException {
        ObjectNode body = JsonMapper.shared().createObjectNode().put("name", name);
        ArrayNode wanted = body.putArray("scopes");
        scopes.forEach(wanted::add);
        if (expiresIn != null) {
            body.put(
                    "expires_at",
                    Clock.systemUTC()
                            .instant()
                            .plus(output.time("--expires-in", expiresIn))
                            .toString());
        }
        return issued(session().ask(client -> client.post(KEYS, body)));
    }

    @Command(
            name = "rotate",
            description = "Makes a key that may do the same, and prints it. The old one goes on for a while.")
    int rotate(
            @Parameters(paramLabel = "ID") String id,
            @Option(
                            names = "--overlap",
                            paramLabel = "SECONDS",
                            description = "How long the old one goes on. Default: a day.")
                    @Nullable
                    Integer overlap)
            throws IOException {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        if (overlap != null) {
            body.put("overlap_seconds", overlap);
        }
        return issued(session().ask(client -> client.post(path(id) + "/rotate", body)));
    }

    @Command(name = "revoke", description = "Ends a key at once: whoever uses it is refused.")
    int revoke(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--yes", description = "Without being asked.") boolean yes)
            throws IOException {
        Confirmation.require(yes, "Whoever uses the key " + id + " is refused from now on.");
        session().ask(client -> client.delete(path(id)));
        output.messages(surroundings).say(id + " is revoked.");
        return ExitCode.OK;
    }

    private int issued(JsonNode key) {
        output.print(surroundings, key, List.of(key.path("secret").asString("")));
        output.messages(surroundings).say(key.path("id").asString("") + ", shown this once. Send it as X-API-Key.");
        return ExitCode.OK;
    }

    private ApiSession session() throws IOException {
        return access.session(surroundings, cleanup, output.messages(surroundings));
    }

    private static String path(String id) {
        return KEYS + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }
}
