package tv.tldr.activities.recording;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tv.tldr.activities.egress.Cookies;
import tv.tldr.activities.egress.ForbiddenAddressException;
import tv.tldr.activities.egress.GuardedHttp;
import tv.tldr.activities.egress.HostNames;
import tv.tldr.activities.egress.PublicUrl;
import tv.tldr.activities.recording.HttpExchange.Step;

/** Opens the URL that a customer gave, and whatever it redirects to, each judged as {@link GuardedHttp} does. */
final class HttpSource {
    private static final Duration BEAT = Duration.ofMillis(500);

    private final SourceProperties properties;
    private final GuardedHttp http;
    private final HttpClient client;

    HttpSource(SourceProperties properties, HostNames names) {
        this.properties = properties;
        this.http = new GuardedHttp(
                names,
                properties.addresses(),
                properties.ports(),
                properties.connectTimeout(),
                properties.responseTimeout());
        this.client = http.client(ConnectionProvider.newConnection());
    }

    /** An answer whose body has not been read yet: the whole, or what there is to say to a request for the rest. */
    record Answer(PublicUrl url, Step.Head head, HttpExchange body) implements AutoCloseable {
        boolean isWhole() {
            return head.status() == 200;
        }

        Optional<String> header(CharSequence name) {
            return Optional.ofNullable(head.headers().get(name));
        }

        /** Bytes of the body; −1 when the server does not say. */
        long length() {
            return SourceVersion.lengthOf(head.headers());
        }

        @Override
        public void close() {
            body.close();
        }
    }

    /**
     * Asks for the content, from {@code offset} on if it is still the same content, and follows redirects.
     *
     * @param sameAs the {@link SourceVersion#validator} of what was read before, may be empty; unused without an offset
     * @throws io.temporal.failure.ApplicationFailure in words, when the answer is not the content
     */
    Answer open(String url, long offset, String sameAs, Runnable heartbeat) throws InterruptedException {
        try {
            PublicUrl target = PublicUrl.parse(url);
            Cookies cookies = new Cookies();
            for (int hop = 0; hop <= properties.redirects(); hop++) {
                Answer answer = ask(target, cookies.of(target, Instant.now()), offset, sameAs, heartbeat);
                if (!GuardedHttp.REDIRECTS.contains(answer.head().status())) {
                    return answer;
                }
                answer.close();
                cookies.keep(target, answer.head().headers().getAll(HttpHeaderNames.SET_COOKIE), Instant.now());
                target = target.resolve(answer.header(HttpHeaderNames.LOCATION).orElse(""));
            }
        } catch (ForbiddenAddressException e) {
            throw SourceFailure.forbidden(String.valueOf(e.getMessage()));
        }
        throw SourceFailure.unreachable(
                "it redirects more than " + properties.redirects() + " times; send the URL of the file itself");
    }

    private Answer ask(PublicUrl url, String cookie, long offset, String sameAs, Runnable heartbeat)
            throws InterruptedException {
        http.judge(url);
        HttpClient asking = client.headers(headers -> say(headers, cookie, offset, sameAs));
        HttpExchange exchange = HttpExchange.get(asking, url.uri().toASCIIString());
        boolean answered = false;
        try {
            Step.Head head = awaitHead(exchange, url, heartbeat);
            boolean isPastTheEnd = head.status() == 416 && offset > 0;
            if (!GuardedHttp.REDIRECTS.contains(head.status()) && !isPastTheEnd) {
                HttpStatusCheck.check(head, url);
            }
            answered = true;
            return new Answer(url, head, exchange);
        } finally {
            if (!answered) {
                exchange.close();
            }
        }
    }

    private static void say(HttpHeaders headers, String cookie, long offset, String sameAs) {
        if (!cookie.isEmpty()) {
            headers.set(HttpHeaderNames.COOKIE, cookie);
        }
        if (offset == 0) {
            return;
        }
        headers.set(HttpHeaderNames.RANGE, "bytes=" + offset + "-");
        if (!sameAs.isEmpty()) {
            headers.set(HttpHeaderNames.IF_RANGE, sameAs);
        }
    }

    private static Step.Head awaitHead(HttpExchange exchange, PublicUrl url, Runnable heartbeat)
            throws InterruptedException {
        while (true) {
            heartbeat.run();
            switch (exchange.next(BEAT)) {
                case null -> {}
                case Step.Head head -> {
                    return head;
                }
                case Step.Broken broken -> throw ConnectionFailures.explain(broken.cause(), url);
                case Step.Block block ->
                    throw new IllegalStateException("a body of " + block.bytes().remaining() + " before its head");
                case Step.End end ->
                    throw SourceFailure.unreachableNow(url + " closed the connection without an answer");
            }
        }
    }
}
