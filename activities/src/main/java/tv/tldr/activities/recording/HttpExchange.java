package tv.tldr.activities.recording;

import io.netty.handler.codec.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * One GET request, read step by step by a thread that must not wait long without a heartbeat. Holds a few blocks of the
 * body at most: what the reader does not take, the server does not get to send. Closing ends the connection.
 */
final class HttpExchange implements AutoCloseable {
    private static final int BLOCKS_AHEAD = 16;

    /** What comes next from the server. */
    sealed interface Step {
        /** Status and headers; always the first, unless the request failed. */
        record Head(int status, HttpHeaders headers) implements Step {}

        /** A piece of the body. */
        record Block(ByteBuffer bytes) implements Step {}

        /** The body is complete. */
        record End() implements Step {}

        /** There was no connection or no answer, or the body broke off. */
        record Broken(Throwable cause) implements Step {}
    }

    private final Reader reader = new Reader();

    private HttpExchange() {}

    static HttpExchange get(HttpClient client, String uri) {
        HttpExchange exchange = new HttpExchange();
        client.get()
                .uri(uri)
                .response((response, body) -> Flux.concat(
                        Mono.just(head(response)),
                        body.asByteArray().map(bytes -> new Step.Block(ByteBuffer.wrap(bytes)))))
                .subscribe(exchange.reader);
        return exchange;
    }

    /** The next step, or null when none came within {@code patience}. */
    @Nullable
    Step next(Duration patience) throws InterruptedException {
        Step step = reader.steps.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (step instanceof Step.Head || step instanceof Step.Block) {
            reader.request(1);
        }
        return step;
    }

    @Override
    public void close() {
        reader.cancel();
    }

    private static Step head(HttpClientResponse response) {
        return new Step.Head(response.status().code(), response.responseHeaders());
    }

    private static final class Reader extends BaseSubscriber<Step> {
        /** Bounded by what was requested. */
        private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(BLOCKS_AHEAD);
        }

        @Override
        protected void hookOnNext(Step step) {
            steps.add(step);
        }

        @Override
        protected void hookOnComplete() {
            steps.add(new Step.End());
        }

        @Override
        protected void hookOnError(Throwable thrown) {
            steps.add(new Step.Broken(thrown));
        }
    }
}
