package tv.tldr.activities.gemini.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.media.TestMedia;

/**
 * A server on loopback that speaks the REST protocol of the Gemini API, for tests and for developers without a key:
 * resumable uploads, files that take a while, answers in the asked form that are computed from the media, Google's errors,
 * and faults as scripted. Whoever asks is told in each title that it was not a model.
 */
public final class GeminiStandIn implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Settings settings;
    private final HttpServer server;
    private final StoredFiles files;
    private final StandInModel model;
    private final Faults faults = new Faults();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final List<Tokens> charges = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> questions = new ConcurrentHashMap<>();
    private final List<Instant> generations = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * @param key the only one that is let in
     * @param models names of the models that there are
     * @param callsPerMinute questions in any 60 s; more are throttled
     * @param looksUntilActive how often a file is looked at until it has been read
     */
    public record Settings(String key, List<String> models, int callsPerMinute, int looksUntilActive) {
        public static final Settings DEFAULTS =
                new Settings("stand-in-key", List.of("gemini-3.8-flash", "gemini-2.5-flash"), 1000, 2);
    }

    /**
     * One request.
     *
     * @param at when it came
     * @param status 0: the connection was closed, or is kept waiting
     * @param body missing when it was not JSON
     */
    public record Call(
            Instant at,
            Operation operation,
            String path,
            int status,
            JsonNode body,
            @Nullable Fault fault) {}

    /** @param folder for the files that it keeps */
    public GeminiStandIn(Settings settings, int port, Path folder, Ffmpeg ffmpeg, Clock clock) throws IOException {
        this.settings = settings;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        this.files = new StoredFiles(folder, url(), ffmpeg, clock, settings.looksUntilActive());
        this.model = new StandInModel(files, folder, ffmpeg);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> serve(exchange, clock));
        server.start();
    }

    /** Runs one on port 8090, or on the port that is given, until it is killed; prints the settings that lead to it. */
    public static void main(String... arguments) throws IOException {
        int port = arguments.length == 0 ? 8090 : Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("gemini-stand-in");
        GeminiStandIn standIn = new GeminiStandIn(Settings.DEFAULTS, port, folder, TestMedia.FFMPEG, Clock.systemUTC());
        System.err.println("A stand-in for Gemini answers until Ctrl-C; its settings, for .env:");
        System.out.println("GEMINI_BASE_URL=" + standIn.url());
        System.out.println("GEMINI_API_KEY=" + Settings.DEFAULTS.key());
        System.out.println("GEMINI_MODEL=" + Settings.DEFAULTS.models().getFirst());
    }

    /** What to give as the base URL. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public Faults faults() {
        return faults;
    }

    /**
     * From now on somebody says {@code text} in every window that is shown.
     *
     * @param at seconds from the beginning of the window
     */
    public void hears(String text, double at) {
        model.hear(new AnswerMaker.Heard(text, at));
    }

    /** From now on nobody says anything but what the stand-in makes up. */
    public void hearsNothing() {
        model.hear(null);
    }

    /** Display names of the files that are still there. */
    public List<String> files() {
        return files.displayNames();
    }

    /** Every request that came so far, in the order of their ends. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Requests of one kind. */
    public List<Call> calls(Operation operation) {
        return calls.stream().filter(call -> call.operation() == operation).toList();
    }

    /** How often each uploaded file was asked about, answered or not, by its display name. */
    public Map<String, Integer> questions() {
        return Map.copyOf(questions);
    }

    /** How many questions were answered, and so charged. */
    public int answers() {
        return charges.size();
    }

    /** All tokens that were charged. */
    public Tokens charged() {
        return charges.stream().reduce(Tokens.NONE, Tokens::plus);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }

    private void serve(HttpExchange exchange, Clock clock) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Operation operation = Operation.of(exchange.getRequestMethod(), path);
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        JsonNode body = json(bytes);
        Instant now = clock.instant();
        Fault fault = faults.of(operation).orElse(null);
        if (operation == Operation.GENERATE) {
            countQuestion(body);
        }
        if (fault == Fault.HANGS_UP || fault == Fault.SILENT) {
            calls.add(new Call(now, operation, path, 0, body, fault));
            awaitCloseIf(fault == Fault.SILENT);
            exchange.close();
            return;
        }
        int status = 200;
        String answer;
        try {
            answer = fault == Fault.PAGE
                    ? "<html><body>Welcome to our hotel's network!</body></html>"
                    : answer(operation, exchange, path, body, bytes, fault, now).toString();
        } catch (Refusal refusal) {
            status = refusal.status();
            answer = refusal.body().toString();
        }
        calls.add(new Call(now, operation, path, status, body, fault));
        byte[] out = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", fault == Fault.PAGE ? "text/html" : "application/json");
        exchange.sendResponseHeaders(status, out.length);
        exchange.getResponseBody().write(out);
        exchange.close();
    }

    private void countQuestion(JsonNode body) {
        body.findValuesAsText("fileUri").stream()
                .findFirst()
                .flatMap(files::displayName)
                .ifPresent(name -> questions.merge(name, 1, Integer::sum));
    }

    private JsonNode answer(
            Operation operation,
            HttpExchange exchange,
            String path,
            JsonNode body,
            byte[] bytes,
            @Nullable Fault fault,
            Instant now) {
        requireKey(exchange);
        refuse(fault);
        String name = path.substring(path.lastIndexOf('/') + 1);
        return switch (operation) {
            case UPLOAD -> upload(exchange, body, bytes, fault);
            case GET_FILE -> files.look("files/" + name);
            case DELETE_FILE -> {
                files.delete("files/" + name);
                yield JSON.createObjectNode();
            }
            case LIST_FILES ->
                files.page(
                        Integer.parseInt(query(exchange, "pageSize", "10")),
                        Integer.parseInt(query(exchange, "pageToken", "0")));
            case GENERATE -> {
                throttle(now);
                StandInModel.Answered answered = model.answer(known(name), body, fault);
                charges.add(answered.charged());
                yield answered.response();
            }
            case COUNT_TOKENS -> {
                known(name);
                yield JSON.createObjectNode()
                        .put("totalTokens", model.count(body).prompt());
            }
            case GET_MODEL ->
                JSON.createObjectNode()
                        .put("name", "models/" + known(name))
                        .put("inputTokenLimit", 1_048_576)
                        .put("outputTokenLimit", 65_536);
            case UNKNOWN -> throw Refusal.notFound();
        };
    }

    /** The protocol of resumable uploads: begin, then pieces, the last of which ends it. */
    private JsonNode upload(HttpExchange exchange, JsonNode body, byte[] bytes, @Nullable Fault fault) {
        String command = header(exchange, "X-Goog-Upload-Command");
        if (command.equals("start")) {
            ObjectNode file = body.path("file").isObject() ? (ObjectNode) body.path("file") : JSON.createObjectNode();
            String type = header(exchange, "X-Goog-Upload-Header-Content-Type");
            long size = Long.parseLong(header(exchange, "X-Goog-Upload-Header-Content-Length"));
            String url = files.begin(file, type, size, fault == Fault.FILE_FAILED);
            exchange.getResponseHeaders().set("X-Goog-Upload-URL", url);
            exchange.getResponseHeaders().set("X-Goog-Upload-Status", "active");
            return JSON.createObjectNode();
        }
        String id = query(exchange, "upload_id", "");
        if (command.contains("upload")) {
            files.append(id, Long.parseLong(header(exchange, "X-Goog-Upload-Offset")), bytes);
        }
        boolean last = command.contains("finalize");
        exchange.getResponseHeaders().set("X-Goog-Upload-Status", last ? "final" : "active");
        ObjectNode answer = JSON.createObjectNode();
        if (last) {
            answer.set("file", files.finish(id));
        }
        return answer;
    }

    private void requireKey(HttpExchange exchange) {
        String key = exchange.getRequestHeaders().getFirst("x-goog-api-key");
        if (key == null) {
            throw Refusal.noKey();
        }
        if (!key.equals(settings.key())) {
            throw Refusal.wrongKey(key);
        }
    }

    private void refuse(@Nullable Fault fault) {
        switch (fault) {
            case THROTTLED -> throw Refusal.throttled(faults.secondsToWait());
            case DAY_USED_UP -> throw Refusal.dayUsedUp();
            case BROKEN -> throw Refusal.broken();
            case OVERLOADED -> throw Refusal.overloaded();
            case null, default -> {}
        }
    }

    private void throttle(Instant now) {
        synchronized (generations) {
            generations.removeIf(one -> one.isBefore(now.minusSeconds(60)));
            if (generations.size() >= settings.callsPerMinute()) {
                long wait =
                        60_000 - (now.toEpochMilli() - generations.getFirst().toEpochMilli());
                throw Refusal.throttled(wait / 1000.0);
            }
            generations.add(now);
        }
    }

    private String known(String name) {
        String bare = name.contains(":") ? name.substring(0, name.indexOf(':')) : name;
        if (!settings.models().contains(bare)) {
            throw Refusal.noModel(bare);
        }
        return bare;
    }

    private void awaitCloseIf(boolean silent) {
        try {
            if (silent) {
                closed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return bytes.length > 0 && bytes[0] == '{' ? JSON.readTree(bytes) : MissingNode.getInstance();
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        if (value == null) {
            throw Refusal.invalid("The header " + name + " is missing.");
        }
        return value;
    }

    private static String query(HttpExchange exchange, String name, String otherwise) {
        String query = exchange.getRequestURI().getRawQuery();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return otherwise;
    }
}
