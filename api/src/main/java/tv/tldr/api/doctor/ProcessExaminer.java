package tv.tldr.api.doctor;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tv.tldr.api.embedded.FreePort;
import tv.tldr.api.embedded.InstanceLock;
import tv.tldr.api.embedded.RunningInstance;
import tv.tldr.api.embedded.Setting;

/** Does the API answer, and could it start? */
record ProcessExaminer(Patient patient, Limits limits) implements Examiner {
    /** Where none is set, or none that is a port, a free one is found. */
    private static final int ANY = 0;

    private static final Pattern PENDING = Pattern.compile("(?m)^r2dbc_pool_pending_connections\\{[^}]*} ([0-9.E+]+)");
    private static final int TRIES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Override
    public String area() {
        return "process";
    }

    @Override
    public void examine(Chart chart) throws IOException, InterruptedException {
        IntSupplier waiting = patient.waiting();
        if (waiting != null) {
            chart.passOver("this answers", List.of("port-taken"));
            pool(chart, waiting.getAsInt());
            return;
        }
        Optional<RunningInstance> running = patient.instance();
        if (running.isPresent()) {
            ask(chart, running.get());
            return;
        }
        int port = patient.settings()
                .get(Setting.PORT)
                .map(ProcessExaminer::number)
                .orElse(ANY);
        if (port != ANY && FreePort.isServed(port)) {
            chart.found(
                    "port-taken",
                    "another program listens on port " + port,
                    "port",
                    String.valueOf(port),
                    "free",
                    String.valueOf(FreePort.suggesting(port + 1)));
        }
        String why = InstanceLock.isTaken(patient.home())
                ? "a process holds " + patient.home().folder()
                        + " and has not said where it answers: it starts, does one"
                        + " command, or hangs; what it did last is in "
                        + patient.home().log()
                : "no instance of this home runs";
        chart.passOver(why, List.of("api-down", "api-slow", "api-pool"));
    }

    private void ask(Chart chart, RunningInstance running) throws InterruptedException {
        URI health = running.api().resolve("/health");
        HttpRequest request = HttpRequest.newBuilder(health).timeout(PATIENCE).build();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpResponse<Void> answer = client.send(request, HttpResponse.BodyHandlers.discarding());
            Duration took = fastest(client, request);
            if (answer.statusCode() != 200) {
                down(chart, running, health + " answers " + answer.statusCode());
            } else if (took.compareTo(limits.slow()) > 0) {
                chart.found("api-slow", health + " took " + took.toMillis() + " ms");
            }
            pool(chart, running, client);
        } catch (IOException noAnswer) {
            String how =
                    switch (noAnswer) {
                        case HttpTimeoutException _ -> " does not answer within " + PATIENCE.toSeconds() + " s";
                        case ConnectException _ -> " is where nobody listens";
                        default -> " breaks off what it answers";
                    };
            down(chart, running, health + how);
        }
    }

    /** Of three: the first opened the connection, and any may meet a moment in which the machine does something else. */
    private static Duration fastest(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            long begun = System.nanoTime();
            client.send(request, HttpResponse.BodyHandlers.discarding());
            fastest = Math.min(fastest, System.nanoTime() - begun);
        }
        return Duration.ofNanos(fastest);
    }

    private void pool(Chart chart, RunningInstance running, HttpClient client)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(running.api().resolve("/metrics")).timeout(PATIENCE);
        patient.settings()
                .get("OPERATIONS_TOKEN")
                .ifPresent(token -> request.header("Authorization", "Bearer " + token));
        HttpResponse<String> metrics = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (metrics.statusCode() != 200) {
            chart.passOver(
                    "/metrics is closed by OPERATIONS_OPEN=false, and the OPERATIONS_TOKEN is not set here or another one",
                    List.of("api-pool"));
            return;
        }
        Matcher pending = PENDING.matcher(metrics.body());
        if (pending.find()) {
            pool(chart, (int) Double.parseDouble(pending.group(1)));
        }
    }

    private void pool(Chart chart, int waiting) {
        if (waiting >= 1) {
            chart.found(
                    "api-pool",
                    waiting + " requests wait for one of "
                            + patient.value("DATABASE_POOL_SIZE") + " connections and "
                            + patient.value("DATABASE_MAX_OVERFLOW") + " more",
                    "more",
                    String.valueOf(2 * Integer.parseInt(patient.value("DATABASE_POOL_SIZE"))));
        }
    }

    private static void down(Chart chart, RunningInstance running, String evidence) {
        chart.found("api-down", evidence, "pid", String.valueOf(running.pid()));
    }

    /** Something else is told by the settings' own check. */
    private static int number(String port) {
        return port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : ANY;
    }
}
