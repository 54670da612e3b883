package tv.tldr.activities.delivery;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.springframework.beans.factory.DisposableBean;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import tv.tldr.activities.egress.AddressPolicy;
import tv.tldr.activities.egress.ForbiddenAddressException;
import tv.tldr.activities.egress.HostNames;
import tv.tldr.activities.egress.PublicUrl;
import tv.tldr.activities.egress.TlsFault;
import tv.tldr.workflows.event.Signature;

/**
 * Sends one request to a receiver that may be anybody: within a time, to a public address, following nothing, and reading no
 * more of the answer than is kept.
 */
public final class WebhookSender implements DisposableBean {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofSeconds(30);
    /** Of one host; how many of one endpoint, its slots say. */
    private static final int CONNECTIONS = 500;

    private final WebhookProperties properties;
    private final WebhookAddresses addresses;
    private final Clock clock;
    private final ConnectionProvider connections;
    private final HttpClient client;

    WebhookSender(WebhookProperties properties, WebhookAddresses addresses, HostNames names, Clock clock) {
        this.properties = properties;
        this.addresses = addresses;
        this.clock = clock;
        this.connections = ConnectionProvider.builder("webhooks")
                .maxConnections(CONNECTIONS)
                .maxIdleTime(IDLE)
                .evictInBackground(IDLE)
                .build();
        Duration connect = properties.timeout().compareTo(LONGEST_CONNECT) < 0 ? properties.timeout() : LONGEST_CONNECT;
        AddressPolicy policy = names.judged(addresses.policy());
        this.client = HttpClient.create(connections)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connect.toMillis())
                .followRedirect(false)
                .disableRetry(true)
                .resolver(names.resolvers())
                .resolvedAddressesSelector((configuration, resolved) -> policy.select(resolved));
    }

    /** Completes with what came of it, never with an error, and within the time that the settings give. */
    public Mono<Reception> send(WebhookRequest request) {
        return Mono.defer(() -> {
            Instant begin = clock.instant();
            return Mono.fromCallable(() -> addresses.check(request.url()))
                    .flatMap(url -> exchange(request, url, begin))
                    .timeout(properties.timeout())
                    .onErrorResume(failure -> Mono.just(explained(failure, since(begin))));
        });
    }

    private Mono<Reception> exchange(WebhookRequest request, PublicUrl url, Instant begin) {
        byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
        return client.headers(headers -> write(headers, request, body.length, begin))
                .post()
                .uri(url.uri().toASCIIString())
                .send((out, sending) -> sending.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body))))
                .response((head, content) -> read(head, content, begin))
                .single();
    }

    private Mono<Reception> read(HttpClientResponse head, ByteBufFlux content, Instant begin) {
        Excerpt excerpt = new Excerpt();
        return content.asByteArray()
                .takeUntil(excerpt::add)
                .then(Mono.fromSupplier(() -> new Reception.Answered(
                        head.status().code(),
                        excerpt.text(),
                        RetryAfter.read(head.responseHeaders().get("Retry-After"), clock.instant()),
                        since(begin))));
    }

    private static void write(HttpHeaders headers, WebhookRequest request, int length, Instant now) {
        request.headers().forEach(headers::set);
        headers.set("Content-Type", "application/json")
                .set("Content-Length", length)
                .set("User-Agent", "tldr-highlights/1")
                .set("Accept", "*/*")
                .set("webhook-id", request.id())
                .set("webhook-timestamp", now.getEpochSecond())
                .set(
                        "webhook-signature",
                        request.secrets().stream()
                                .map(secret -> Signature.standard(secret, request.id(), now, request.body()))
                                .collect(Collectors.joining(" ")))
                .set("X-TLDR-Signature", Signature.plain(request.secrets().getFirst(), request.body()));
        if (request.secrets().size() > 1) {
            headers.set(
                    "X-TLDR-Signature-Former",
                    request.secrets().stream()
                            .skip(1)
                            .map(secret -> Signature.plain(secret, request.body()))
                            .collect(Collectors.joining(", ")));
        }
    }

    private Reception explained(Throwable failure, Duration latency) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case ForbiddenAddressException forbidden -> {
                    return new Reception.Forbidden("the URL is refused: " + forbidden.getMessage(), latency);
                }
                case TimeoutException timeout -> {
                    return unanswered(
                            "there was no whole answer within "
                                    + properties.timeout().toSeconds() + " s",
                            latency);
                }
                case UnknownHostException unknown -> {
                    return unanswered("the name of the host is not known", latency);
                }
                case SSLException tls -> {
                    return unanswered(insecure(TlsFault.of(tls)), latency);
                }
                case ConnectTimeoutException timeout -> {
                    return unanswered("the host does not take connections (timed out)", latency);
                }
                case ConnectException refused -> {
                    return unanswered("the host refuses connections", latency);
                }
                default -> {}
            }
        }
        return unanswered("the connection was closed before the answer was whole", latency);
    }

    private static String insecure(TlsFault fault) {
        return switch (fault) {
            case CERTIFICATE -> "the certificate is not valid for this host";
            case NOT_SPOKEN -> "the host does not speak TLS at this port";
            case STALLED -> "the host did not finish the TLS handshake in time";
            case NOT_AGREED -> "the host broke off the TLS handshake";
        };
    }

    private static Reception unanswered(String why, Duration latency) {
        return new Reception.Unanswered(why, latency);
    }

    private Duration since(Instant begin) {
        return Duration.between(begin, clock.instant());
    }

    @Override
    public void destroy() {
        connections.dispose();
    }
}
