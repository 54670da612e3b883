package tv.tldr.api.outage;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.springframework.http.HttpMethod;
import tv.tldr.api.Answer;
import tv.tldr.api.Caller;

/**
 * Customers who submit, change and read streams as fast as they are answered. They write down what they were promised, and every
 * answer that is neither what they asked for nor a request to come back.
 */
final class BusyClients implements AutoCloseable {
    private static final String STREAMS = "/api/v1/streams";
    private static final int CLIENTS = 8;

    private final Caller caller;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
    /** By stream, which change of it was acknowledged last. */
    private final Map<String, Integer> changed = new ConcurrentHashMap<>();

    private final List<AtomicInteger> served =
            IntStream.range(0, CLIENTS).mapToObj(i -> new AtomicInteger()).toList();
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads;

    BusyClients(Caller caller) {
        this.caller = caller;
        this.threads = served.stream()
                .map(mine -> Thread.ofVirtual().start(() -> work(mine)))
                .toList();
    }

    private void work(AtomicInteger mine) {
        while (!over.get()) {
            try {
                Answer stream = caller.submit("https://media.example.com/" + UUID.randomUUID() + ".mp4");
                if (isServed(mine, stream, 202)) {
                    accepted.add(stream.text("/id"));
                    follow(mine, STREAMS + "/" + stream.text("/id"), stream.text("/id"));
                }
                read(mine, STREAMS + "?limit=5");
            } catch (RuntimeException | AssertionError unforeseen) {
                surprises.add(unforeseen.toString());
            }
        }
    }

    /** Some changes, and a look after each: an answer that says that it was made is not taken back. */
    private void follow(AtomicInteger mine, String path, String id) {
        for (int change = 1; change <= 3 && !over.get(); change++) {
            Answer answer = caller.send(
                    HttpMethod.PATCH,
                    path,
                    Map.of("Content-Type", "application/json"),
                    "{\"metadata\": {\"change\": " + change + "}}");
            if (isServed(mine, answer, 200)) {
                changed.put(id, change);
                changes.incrementAndGet();
            }
            read(mine, path);
        }
    }

    private void read(AtomicInteger mine, String path) {
        if (isServed(mine, caller.get(path), 200)) {
            reads.incrementAndGet();
        }
    }

    private boolean isServed(AtomicInteger mine, Answer answer, int wanted) {
        if (answer.status() == wanted) {
            mine.incrementAndGet();
            return true;
        }
        if (answer.status() == 503
                && answer.text("/code").equals("SERVICE_UNAVAILABLE")
                && answer.headers().getFirst("Retry-After") != null) {
            refused.incrementAndGet();
        } else {
            surprises.add(answer.status() + " " + answer.text());
        }
        return false;
    }

    /** How often each of them has got what it asked for. */
    List<Integer> served() {
        return served.stream().map(AtomicInteger::get).toList();
    }

    /** Whether each of them has got what it asked for so many times since then. */
    boolean allServedSince(List<Integer> then, int times) {
        List<Integer> now = served();
        return IntStream.range(0, CLIENTS).allMatch(i -> now.get(i) >= then.get(i) + times);
    }

    List<String> accepted() {
        return List.copyOf(accepted);
    }

    Map<String, Integer> changed() {
        return Map.copyOf(changed);
    }

    int changes() {
        return changes.get();
    }

    int refused() {
        return refused.get();
    }

    int reads() {
        return reads.get();
    }

    List<String> surprises() {
        return List.copyOf(surprises);
    }

    /** Returns when the last one has its answer. */
    @Override
    public void close() {
        over.set(true);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
