package tv.tldr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import reactor.core.publisher.Flux;
import tv.tldr.activities.delivery.DeliveryConfiguration;
import tv.tldr.activities.delivery.Reception;
import tv.tldr.activities.delivery.WebhookRequest;
import tv.tldr.activities.delivery.WebhookSender;
import tv.tldr.activities.egress.EgressConfiguration;

/**
 * How many requests does the sender of webhooks send in a second — judged, signed twice, with what is kept of the answer —
 * beside a bare keep-alive client in Go, to one endpoint and to fifty?
 */
final class SenderBench {
    private static final int ENDPOINTS = 50;
    private static final int AT_A_TIME = 50;
    private static final int ROUNDS = 5;
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String BODY =
            "{\"id\":\"evt_01kb0000000000000000000000\",\"data\":\"" + "x".repeat(400) + "\"}";

    private final Path program;
    private final WebhookSender sender;
    private final int requests;

    private SenderBench(Path program, WebhookSender sender, int requests) {
        this.program = program;
        this.sender = sender;
        this.requests = requests;
    }

    /** @param arguments the program {@code go}, the folder of {@code keepalive.go}, requests in each round */
    static void main(String... arguments) throws Exception {
        Path program = Files.createTempDirectory("sender-bench").resolve("keepalive");
        run(arguments[0], "build", "-o", program.toString(), arguments[1] + "/keepalive.go");
        Process receiver = new ProcessBuilder(program.toString(), "serve", String.valueOf(ENDPOINTS)).start();
        try (AnnotationConfigApplicationContext spring = new AnnotationConfigApplicationContext();
                BufferedReader told = new BufferedReader(new InputStreamReader(receiver.getInputStream(), UTF_8))) {
            spring.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("bench", Map.of("tldr.webhooks.allow-private-addresses", "true")));
            spring.registerBean(Clock.class, Clock::systemUTC);
            spring.register(EgressConfiguration.class, DeliveryConfiguration.class);
            spring.refresh();
            List<String> ports = List.of(String.valueOf(told.readLine()).split(" ", -1));
            SenderBench bench =
                    new SenderBench(program, spring.getBean(WebhookSender.class), Integer.parseInt(arguments[2]));
            bench.compare(ports.subList(0, 1));
            bench.compare(ports);
        } finally {
            receiver.destroy();
        }
    }

    private void compare(List<String> ports) throws IOException, InterruptedException {
        ours(ports);
        List<Double> ratios = new ArrayList<>();
        double[] rates = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            double bare = bare(ports);
            rates[round] = ours(ports);
            ratios.add(rates[round] / bare);
        }
        Arrays.sort(rates);
        ratios.sort(null);
        IO.println("%d endpoints: %.0f requests a second, %.2f of the bare client's"
                .formatted(ports.size(), rates[ROUNDS / 2], ratios.get(ROUNDS / 2)));
    }

    private double ours(List<String> ports) {
        long begin = System.nanoTime();
        Flux.range(0, requests)
                .flatMap(
                        number -> sender.send(new WebhookRequest(
                                "http://127.0.0.1:" + ports.get(number % ports.size()) + "/hook",
                                "evt_01kb0000000000000000000000",
                                BODY,
                                List.of(SECRET),
                                Map.of())),
                        AT_A_TIME)
                .doOnNext(SenderBench::hasArrived)
                .blockLast();
        return requests / ((System.nanoTime() - begin) / 1e9);
    }

    private static void hasArrived(Reception reception) {
        if (!(reception instanceof Reception.Answered answered && answered.isWelcome())) {
            throw new IllegalStateException("not taken: " + reception);
        }
    }

    private double bare(List<String> ports) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(program.toString(), "send", String.valueOf(requests), String.valueOf(AT_A_TIME)));
        command.addAll(ports);
        return Double.parseDouble(run(command.toArray(String[]::new)).strip());
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command[0] + " failed");
        }
        return said;
    }
}
