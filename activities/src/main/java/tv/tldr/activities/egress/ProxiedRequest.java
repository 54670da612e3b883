package tv.tldr.activities.egress;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Instant;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tv.tldr.activities.egress.Refusal.Reason;

/**
 * One request of a job, fetched and handed on: status, what a reader needs of the headers, and the body as {@link Screening}
 * lets it be seen.
 *
 * @param url what is meant, which was judged
 * @param cookies of the job
 * @param meter told the bytes of each block that comes; what it throws ends the answer
 */
record ProxiedRequest(
        HttpServerRequest request,
        HttpServerResponse response,
        PublicUrl url,
        Screening screening,
        Cookies cookies,
        IntConsumer meter) {
    private static final List<CharSequence> PASSED =
            List.of(HttpHeaderNames.CONTENT_TYPE, HttpHeaderNames.CONTENT_RANGE, HttpHeaderNames.ACCEPT_RANGES);

    private static final Pattern RANGE = Pattern.compile("bytes 0-([0-9]{1,18})/([0-9]{1,18})");

    /** Fails when nothing was handed on yet, or not all. */
    Publisher<Void> answer(HttpClient client) {
        String range = request.requestHeaders().get(HttpHeaderNames.RANGE, "");
        String wanted = cookies.of(url, Instant.now());
        return client.headers(headers -> {
                    headers.set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.IDENTITY);
                    if (!wanted.isEmpty()) {
                        headers.set(HttpHeaderNames.COOKIE, wanted);
                    }
                    if (!range.isEmpty()) {
                        headers.set(HttpHeaderNames.RANGE, range);
                    }
                })
                .request(request.method())
                .uri(url.uri().toASCIIString())
                .response(this::handOn);
    }

    /** An answer without a body. */
    static Publisher<Void> bare(HttpServerResponse response, HttpResponseStatus status) {
        return response.status(status)
                .header(HttpHeaderNames.CONTENT_LENGTH, "0")
                .send();
    }

    private Publisher<Void> handOn(HttpClientResponse head, ByteBufFlux body) {
        HttpResponseStatus status = head.status();
        cookies.keep(url, head.responseHeaders().getAll(HttpHeaderNames.SET_COOKIE), Instant.now());
        if (GuardedHttp.REDIRECTS.contains(status.code())) {
            String location = head.responseHeaders().get(HttpHeaderNames.LOCATION, "");
            response.header(HttpHeaderNames.LOCATION, ShownUrl.of(url.resolve(location)));
            return bare(response, status);
        }
        if (status.code() != 200 && status.code() != 206) {
            // What is not an error is none that was asked for, and 407 would be ours.
            boolean isError = status.code() >= 400 && status.code() < 600 && status.code() != 407;
            return bare(response, isError ? status : HttpResponseStatus.BAD_GATEWAY);
        }
        boolean isPacked = Unpacking.isNeeded(head.responseHeaders().get(HttpHeaderNames.CONTENT_ENCODING, ""), url);
        if (HttpMethod.HEAD.equals(request.method())) {
            return asItIs(head, isPacked).sendHeaders();
        }
        Opening opening = new Opening();
        Flux<byte[]> counted = body.asByteArray().doOnNext(block -> meter.accept(block.length));
        return (isPacked ? unpacked(head, counted) : counted)
                .bufferUntil(opening::add)
                .defaultIfEmpty(List.of())
                .switchOnFirst((first, blocks) ->
                        first.hasValue() ? screened(head, isPacked, opening, blocks) : blocks.cast(Void.class));
    }

    private Flux<byte[]> unpacked(HttpClientResponse head, Flux<byte[]> blocks) {
        String range = head.responseHeaders().get(HttpHeaderNames.CONTENT_RANGE, "");
        if (head.status().code() == 206 && !isWhole(range)) {
            throw new RefusedException(
                    Reason.NOT_MEDIA, url + " sends a part of it compressed, though it was asked not to");
        }
        return blocks.collect(() -> new Unpacking(url), Unpacking::add)
                .publishOn(Schedulers.boundedElastic())
                .map(Unpacking::whole)
                .flux();
    }

    private static boolean isWhole(String range) {
        Matcher parts = RANGE.matcher(range);
        return parts.matches() && Long.parseLong(parts.group(1)) + 1 == Long.parseLong(parts.group(2));
    }

    private Publisher<Void> screened(
            HttpClientResponse head, boolean isPacked, Opening opening, Flux<List<byte[]>> blocks) {
        return switch (opening.kind()) {
            case HLS, DASH ->
                blocks.then(Mono.fromCallable(() -> screening.shown(opening, url))
                                .subscribeOn(Schedulers.boundedElastic()))
                        .flatMap(shown -> playlist(head, shown.orElseThrow()));
            case UNKNOWN, MARKUP, DISGUISED, MEDIA, OTHER -> {
                screening.shown(opening, url);
                yield asItIs(head, isPacked)
                        .send(blocks.flatMapIterable(list -> list).map(Unpooled::wrappedBuffer), block -> true);
            }
        };
    }

    private Mono<Void> playlist(HttpClientResponse head, byte[] shown) {
        String type = head.responseHeaders().get(HttpHeaderNames.CONTENT_TYPE, "");
        if (!type.isEmpty()) {
            response.header(HttpHeaderNames.CONTENT_TYPE, type);
        }
        return response.status(HttpResponseStatus.OK)
                .header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(shown.length))
                .sendByteArray(Mono.just(shown))
                .then();
    }

    /** @param isPacked whether sizes are those of something else */
    private HttpServerResponse asItIs(HttpClientResponse head, boolean isPacked) {
        if (isPacked) {
            response.header(
                    HttpHeaderNames.CONTENT_TYPE,
                    head.responseHeaders().get(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream"));
            return response.status(HttpResponseStatus.OK);
        }
        for (CharSequence name : PASSED) {
            String value = head.responseHeaders().get(name, "");
            if (!value.isEmpty()) {
                response.header(name, value);
            }
        }
        String length = head.responseHeaders().get(HttpHeaderNames.CONTENT_LENGTH, "");
        if (length.matches("\\d{1,18}")) {
            response.header(HttpHeaderNames.CONTENT_LENGTH, length);
        }
        return response.status(head.status());
    }
}
