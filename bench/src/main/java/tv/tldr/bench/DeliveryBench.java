package tv.tldr.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tv.tldr.workflows.TypeId;

/**
 * How long does it take from an event's row to the first byte at its receiver, also beside an endpoint that takes requests and never
 * answers, with thousands of deliveries before it? And how many arrive in a second, beside workflows of one activity that does
 * nothing, on the same server?
 */
final class DeliveryBench {
    private static final double EVENTS_A_SECOND = 2;
    private static final int BURST = 200;
    private static final String QUEUE = "nothing";
    private static final Pattern ID = Pattern.compile("\"id\":\"(evt_[0-9a-z]{26})\"");

    private final Map<UUID, Long> arrived = new ConcurrentHashMap<>();

    private DeliveryBench() {}

    /** @param arguments the program's jar, Temporal's command line program, seconds of each part, deliveries to the dead endpoint */
    static void main(String... arguments) throws Exception {
        int seconds = Integer.parseInt(arguments[2]);
        Path home = Files.createTempDirectory("delivery-bench");
        int port = freePort();
        Process temporal = new ProcessBuilder(
                        arguments[1],
                        "server",
                        "start-dev",
                        "--headless",
                        "--ip",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(port),
                        "--log-level",
                        "error",
                        "--db-filename",
                        home.resolve("temporal.db").toString(),
                        "--dynamic-config-value",
                        "matching.enableFairness=true",
                        "--dynamic-config-value",
                        "matching.numTaskqueueWritePartitions=1",
                        "--search-attribute",
                        "OrganizationId=Keyword")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        WorkflowServiceStubs service = WorkflowServiceStubs.newConnectedServiceStubs(
                WorkflowServiceStubsOptions.newBuilder()
                        .setTarget("127.0.0.1:" + port)
                        .build(),
                Duration.ofMinutes(1));
        try (WholeProgram program = WholeProgram.start(
                        Path.of(arguments[0]),
                        home,
                        "512m",
                        Map.of("TEMPORAL_ADDRESS", "127.0.0.1:" + port, "WEBHOOK_ALLOW_PRIVATE", "true"));
                Connection database = EmbeddedDatabase.connect(home);
                ServerSocket dead = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress())) {
            new DeliveryBench().measure(program, database, dead, service, seconds, Integer.parseInt(arguments[3]));
        } finally {
            service.shutdownNow();
            temporal.destroy();
            temporal.waitFor();
        }
    }

    private void measure(
            WholeProgram program,
            Connection database,
            ServerSocket dead,
            WorkflowServiceStubs service,
            int seconds,
            int queued)
            throws Exception {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.createContext("/", this::take);
        receiver.start();
        register(program, receiver.getAddress().getPort(), "batch.*");
        wait(seconds, database, "to warm up");
        double alone = wait(seconds, database, "alone");
        throughput(database, service);
        register(program, dead.getLocalPort(), "stream.*");
        happen(database, "stream.completed", queued);
        double beside = wait(seconds, database, "beside " + queued + " for a dead endpoint");
        IO.println("p95 beside the dead endpoint to p95 alone: %.2f".formatted(beside / alone));
        receiver.stop(0);
    }

    private static void register(WholeProgram program, int port, String events) {
        program.post(
                "/api/v1/webhooks", "{\"url\":\"http://127.0.0.1:%d/\",\"events\":[\"%s\"]}".formatted(port, events));
    }

    /** The p95, in milliseconds. */
    private double wait(int seconds, Connection database, String what) throws SQLException, InterruptedException {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < seconds * EVENTS_A_SECOND; i++) {
            long before = System.currentTimeMillis();
            UUID id = happen(database, "batch.completed", 1).getFirst();
            long written = System.currentTimeMillis();
            while (!arrived.containsKey(id)) {
                TimeUnit.MILLISECONDS.sleep(2);
            }
            waits.add(arrived.get(id) - before - (written - before) / 2);
            long rest = Math.round(1000 / EVENTS_A_SECOND) - (System.currentTimeMillis() - before);
            TimeUnit.MILLISECONDS.sleep(Math.max(0, rest));
        }
        Collections.sort(waits);
        double p95 = waits.get((int) Math.ceil(0.95 * waits.size()) - 1);
        IO.println("%s: from the row to the first byte %d ms (median), %.0f ms (p95)"
                .formatted(what, waits.get(waits.size() / 2), p95));
        return p95;
    }

    private void throughput(Connection database, WorkflowServiceStubs service) throws Exception {
        long begin = System.nanoTime();
        List<UUID> ids = happen(database, "batch.completed", BURST);
        while (!arrived.keySet().containsAll(ids)) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        double deliveries = BURST / ((System.nanoTime() - begin) / 1e9);
        WorkflowClient client = WorkflowClient.newInstance(service);
        WorkerFactory factory = WorkerFactory.newInstance(client);
        factory.newWorker(QUEUE).registerWorkflowImplementationTypes(FairnessBench.OneStepImpl.class);
        factory.getWorker(QUEUE).registerActivitiesImplementations((FairnessBench.Work) organization -> {});
        factory.start();
        begin = System.nanoTime();
        List<WorkflowStub> stubs;
        try (var threads = Executors.newFixedThreadPool(4)) {
            stubs = threads
                    .invokeAll(IntStream.range(0, BURST)
                            .<Callable<WorkflowStub>>mapToObj(i -> () -> {
                                WorkflowStub stub = client.newUntypedWorkflowStub(
                                        "OneStep",
                                        WorkflowOptions.newBuilder()
                                                .setWorkflowId(UUID.randomUUID().toString())
                                                .setTaskQueue(QUEUE)
                                                .build());
                                stub.start("nobody", QUEUE);
                                return stub;
                            })
                            .toList())
                    .stream()
                    .map(future -> future.resultNow())
                    .toList();
        }
        stubs.forEach(stub -> stub.getResult(Void.class));
        double nothing = BURST / ((System.nanoTime() - begin) / 1e9);
        factory.shutdownNow();
        IO.println("%.1f deliveries a second, %.1f workflows of one activity that does nothing: %.2f"
                .formatted(deliveries, nothing, deliveries / nothing));
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            long now = System.currentTimeMillis();
            Matcher id = ID.matcher(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            if (id.find()) {
                arrived.putIfAbsent(TypeId.parse("evt", id.group(1)), now);
            }
            exchange.sendResponseHeaders(204, -1);
        }
    }

    private static List<UUID> happen(Connection database, String type, int number) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (PreparedStatement statement = database.prepareStatement("""
                WITH next AS (
                    UPDATE organizations SET event_sequence = event_sequence + ? RETURNING id, event_sequence - ? AS before
                )
                INSERT INTO events (organization_id, sequence, id, type, data, created_at)
                SELECT id, before + number, gen_random_uuid(), ?, '{}', clock_timestamp()
                FROM next, generate_series(1, ?) AS number
                RETURNING id
                """)) {
            statement.setInt(1, number);
            statement.setInt(2, number);
            statement.setString(3, type);
            statement.setInt(4, number);
            var rows = statement.executeQuery();
            while (rows.next()) {
                ids.add(rows.getObject(1, UUID.class));
            }
        }
        return ids;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
