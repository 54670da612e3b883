package tv.tldr.activities.egress;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import tv.tldr.activities.egress.Refusal.Reason;

/**
 * The one way out for a program that opens what strangers' files name: a proxy on loopback for one job, which judges, resolves
 * and fetches by itself whatever is asked of it. The program speaks plain HTTP with it and nothing else: {@link ShownUrl} says
 * how it sees https, and {@link Screening} what it sees of playlists. Whoever does not know the job's password gets nothing.
 */
public final class GuardProxy implements AutoCloseable {
    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final int LONGEST_REQUEST_LINE = 8192;
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final int SECRET_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String USER = "job";
    private static final Logger LOG = LoggerFactory.getLogger(GuardProxy.class);

    private final GuardedHttp http;
    private final HttpClient client;
    private final EgressLimits limits;
    private final Refusals refusals;
    private final String secret = secret();
    private final Screening screening = new Screening();
    private final Cookies cookies = new Cookies();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong received = new AtomicLong();
    private final LoopResources loops = LoopResources.create("egress", 1, true);
    private final DisposableServer server;

    /**
     * Listens until it is closed.
     *
     * @param names asked for what is dialled
     * @param ports that URLs may name; where private addresses are allowed, any
     * @param connectTimeout until a connection stands
     * @param idleTimeout a connection on which nothing moves for longer is closed
     * @param job who asks, for the log: an id
     */
    public GuardProxy(
            HostNames names,
            AddressPolicy policy,
            Set<Integer> ports,
            EgressLimits limits,
            Duration connectTimeout,
            Duration idleTimeout,
            String job) {
        this.http = new GuardedHttp(names, policy, ports, connectTimeout, idleTimeout);
        this.client = http.client(ConnectionProvider.newConnection()).runOn(loops);
        this.limits = limits;
        this.refusals = new Refusals(job);
        this.server = HttpServer.create()
                .runOn(loops)
                .protocol(HttpProtocol.HTTP11)
                .bindAddress(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .httpRequestDecoder(decoder -> decoder.maxInitialLineLength(LONGEST_REQUEST_LINE))
                .handle(this::answer)
                .bindNow();
    }

    /** For {@code http_proxy}: with the job's password, so not for any log. */
    public String url() {
        return "http://" + USER + ":" + secret + "@127.0.0.1:" + server.port();
    }

    /**
     * How the program is told to ask for this URL.
     *
     * @throws ForbiddenAddressException when it is none that is taken
     */
    public static String shown(String url) {
        return ShownUrl.of(PublicUrl.parse(url));
    }

    /** Bytes that came of all bodies. */
    public long received() {
        return received.get();
    }

    /** The first thing that was refused. */
    public Optional<Refusal> refusal() {
        return refusals.first();
    }

    /** Ends all connections. */
    @Override
    public void close() {
        server.dispose();
        // With its threads end all connections, of both sides. A busy machine may need longer: they end all the same.
        loops.disposeLater(Duration.ZERO, CLOSING).onErrorComplete().block();
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        if (!knowsThePassword(request)) {
            response.header(HttpHeaderNames.PROXY_AUTHENTICATE, "Basic realm=\"egress\"");
            return ProxiedRequest.bare(response, HttpResponseStatus.PROXY_AUTHENTICATION_REQUIRED);
        }
        return Flux.defer(() -> {
                    PublicUrl url = judged(request);
                    return new ProxiedRequest(request, response, url, screening, cookies, this::meter).answer(client);
                })
                .onErrorResume(failure -> failed(failure, request, response));
    }

    private boolean knowsThePassword(HttpServerRequest request) {
        String known =
                "Basic " + Base64.getEncoder().encodeToString((USER + ":" + secret).getBytes(StandardCharsets.UTF_8));
        String told = request.requestHeaders().get(HttpHeaderNames.PROXY_AUTHORIZATION, "");
        return MessageDigest.isEqual(known.getBytes(StandardCharsets.UTF_8), told.getBytes(StandardCharsets.UTF_8));
    }

    /** What is meant, if it may be asked. */
    private PublicUrl judged(HttpServerRequest request) {
        if (requests.incrementAndGet() > limits.requests()) {
            throw new RefusedException(Reason.TOO_MUCH, "it asks for more than " + limits.requests() + " files");
        }
        if (received.get() > limits.received().toBytes()) {
            throw tooMuch(limits.received());
        }
        boolean hasBody = request.requestHeaders().contains(HttpHeaderNames.TRANSFER_ENCODING)
                || !"0".equals(request.requestHeaders().get(HttpHeaderNames.CONTENT_LENGTH, "0"));
        if (!METHODS.contains(request.method()) || hasBody) {
            throw new RefusedException(Reason.FORBIDDEN, "only reading is allowed");
        }
        PublicUrl url = ShownUrl.real(request.uri());
        http.judge(url);
        return url;
    }

    private Publisher<Void> failed(Throwable failure, HttpServerRequest request, HttpServerResponse response) {
        Optional<Refusal> refusal = refused(failure, request);
        refusal.ifPresent(why -> refusals.add(why.reason(), why.why()));
        if (response.hasSentHeaders()) {
            // A half is never to be taken for a whole.
            response.withConnection(Connection::dispose);
            return Mono.empty();
        }
        if (refusal.isEmpty()) {
            LOG.debug("nothing was fetched", failure);
            return ProxiedRequest.bare(response, HttpResponseStatus.BAD_GATEWAY);
        }
        return ProxiedRequest.bare(response.keepAlive(false), HttpResponseStatus.FORBIDDEN);
    }

    private static Optional<Refusal> refused(Throwable failure, HttpServerRequest request) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .<Optional<Refusal>>map(cause -> switch (cause) {
                    case RefusedException refused -> Optional.of(refused.refusal());
                    case ForbiddenAddressException forbidden ->
                        Optional.of(new Refusal(Reason.FORBIDDEN, String.valueOf(forbidden.getMessage())));
                    case SSLException tls
                    when TlsFault.of(tls) == TlsFault.CERTIFICATE ->
                        Optional.of(new Refusal(
                                Reason.UNTRUSTED,
                                ShownUrl.real(request.uri())
                                        + ", which its playlist leads to, has no valid certificate"));
                    default -> Optional.empty();
                })
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Counts, and ends everything in the middle of an answer that is too much. */
    private void meter(int count) {
        long now = received.addAndGet(count);
        if (now > limits.received().toBytes()) {
            Thread.ofVirtual().start(this::close);
            throw tooMuch(limits.received());
        }
    }

    private static RefusedException tooMuch(DataSize most) {
        return new RefusedException(Reason.TOO_MUCH, "it has more than " + most);
    }

    private static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
