package tv.tldr.activities.egress;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.littleshoot.proxy.ActivityTrackerAdapter;
import org.littleshoot.proxy.FullFlowContext;
import org.littleshoot.proxy.HttpFilters;
import org.littleshoot.proxy.HttpFiltersAdapter;
import org.littleshoot.proxy.HttpFiltersSourceAdapter;
import org.littleshoot.proxy.HttpProxyServer;
import org.littleshoot.proxy.ProxyAuthenticator;
import org.littleshoot.proxy.impl.DefaultHttpProxyServer;
import org.littleshoot.proxy.impl.ThreadPoolConfiguration;

/**
 * The one way out for a program that opens what strangers' files name: a proxy on loopback for one job, which resolves,
 * judges and dials each connection itself. What a playlist, a key or a redirect leads to is asked of it like the first URL.
 * Whoever does not know the job's password gets nothing.
 */
public final class GuardProxy implements AutoCloseable {
    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.CONNECT);
    private static final String MORE_BYTES = "it has more than ";
    private static final int SECRET_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String USER = "job";

    private final HostNames names;
    private final AddressPolicy policy;
    private final Set<Integer> ports;
    private final EgressLimits limits;
    private final Refusals refusals;
    private final String secret = secret();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong received = new AtomicLong();
    private final HttpProxyServer server;

    /** So that refusals are counted from 0 on, whether any proxy is needed or not. */
    public static void count(MeterRegistry registry) {
        Refusals.begin(registry);
    }

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
        this.names = names;
        this.policy = policy;
        this.ports = Set.copyOf(ports);
        this.limits = limits;
        this.refusals = new Refusals(job);
        this.server = DefaultHttpProxyServer.bootstrap()
                .withName("egress")
                .withAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .withThreadPoolConfiguration(new ThreadPoolConfiguration()
                        .withAcceptorThreads(1)
                        .withClientToProxyWorkerThreads(1)
                        .withProxyToServerWorkerThreads(1))
                .withConnectTimeout((int) connectTimeout.toMillis())
                .withIdleConnectionTimeout(idleTimeout)
                .withProxyAuthenticator(new Password())
                .withServerResolver(this::dialled)
                .withFiltersSource(new Requests())
                .plusActivityTracker(new Meter())
                .start();
    }

    /** For {@code http_proxy}: with the job's password, so not for any log. */
    public String url() {
        return "http://" + USER + ":" + secret + "@127.0.0.1:"
                + server.getListenAddress().getPort();
    }

    /** Bytes that came from all servers. */
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
        server.abort();
    }

    /** The address that the connection is made to: there is no second look-up. */
    private InetSocketAddress dialled(String host, int port) throws UnknownHostException {
        try {
            List<InetSocketAddress> resolved = names.addresses(bare(host), port);
            policy.select(resolved);
            return resolved.getFirst();
        } catch (ForbiddenAddressException e) {
            refusals.add(Refusal.Reason.FORBIDDEN, String.valueOf(e.getMessage()));
            throw new UnknownHostException("refused");
        }
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private final class Password implements ProxyAuthenticator {
        @Override
        public boolean authenticate(String user, String password) {
            return USER.equals(user)
                    && MessageDigest.isEqual(
                            secret.getBytes(StandardCharsets.UTF_8), password.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String getRealm() {
            return "egress";
        }
    }

    private final class Requests extends HttpFiltersSourceAdapter {
        @Override
        public HttpFilters filterRequest(HttpRequest request, ChannelHandlerContext context) {
            return new HttpFiltersAdapter(request, context) {
                @Override
                public @Nullable HttpResponse clientToProxyRequest(HttpObject part) {
                    return part instanceof HttpRequest asked ? answer(asked) : null;
                }
            };
        }
    }

    /** @return the answer that ends it; null: it may go */
    private @Nullable HttpResponse answer(HttpRequest request) {
        try {
            if (requests.incrementAndGet() > limits.requests()) {
                return refuse(Refusal.Reason.TOO_MUCH, "it asks for more than " + limits.requests() + " files");
            }
            if (received.get() > limits.received().toBytes()) {
                return refuse(Refusal.Reason.TOO_MUCH, MORE_BYTES + limits.received());
            }
            boolean hasBody = HttpUtil.isTransferEncodingChunked(request) || HttpUtil.getContentLength(request, 0L) > 0;
            if (!METHODS.contains(request.method()) || hasBody) {
                return refuse(Refusal.Reason.FORBIDDEN, "only reading is allowed");
            }
            // Of a tunnel nobody sees more than where it leads.
            PublicUrl url = PublicUrl.parse(
                    HttpMethod.CONNECT.equals(request.method()) ? "https://" + request.uri() + "/" : request.uri());
            boolean isPlain = "http".equalsIgnoreCase(url.uri().getScheme());
            if (isPlain == HttpMethod.CONNECT.equals(request.method())) {
                return refuse(Refusal.Reason.FORBIDDEN, "only http:// and https:// URLs are taken");
            }
            if (!policy.allowPrivateAddresses() && !ports.contains(url.port())) {
                return refuse(
                        Refusal.Reason.FORBIDDEN, "port " + url.port() + " is not one of " + new TreeSet<>(ports));
            }
            return null;
        } catch (ForbiddenAddressException e) {
            return refuse(Refusal.Reason.FORBIDDEN, String.valueOf(e.getMessage()));
        }
    }

    private HttpResponse refuse(Refusal.Reason reason, String why) {
        refusals.add(reason, why);
        DefaultFullHttpResponse answer =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.FORBIDDEN, Unpooled.EMPTY_BUFFER);
        answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0).set(HttpHeaderNames.CONNECTION, "close");
        return answer;
    }

    /** Counts, and ends everything in the middle of an answer that is too much. */
    private final class Meter extends ActivityTrackerAdapter {
        @Override
        public void bytesReceivedFromServer(FullFlowContext flow, int count) {
            long now = received.addAndGet(count);
            long most = limits.received().toBytes();
            // The one piece that goes past it.
            if (now > most && now - count <= most) {
                refusals.add(Refusal.Reason.TOO_MUCH, MORE_BYTES + limits.received());
                Thread.ofVirtual().start(server::abort);
            }
        }
    }
}
