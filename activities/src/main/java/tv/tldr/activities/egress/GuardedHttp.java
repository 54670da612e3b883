package tv.tldr.activities.egress;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * How are strangers' URLs fetched? Here, and nowhere else, is decided which address is dialled: on the very addresses that
 * the connection uses. Certificates are checked, and no redirect is followed: whoever asks judges where it leads.
 *
 * @param names asked for what is dialled
 * @param ports that URLs may name; where private addresses are allowed, any
 * @param connectTimeout until a connection stands
 * @param responseTimeout an answer on which nothing moves for longer is given up
 */
public record GuardedHttp(
        HostNames names, AddressPolicy policy, Set<Integer> ports, Duration connectTimeout, Duration responseTimeout) {
    /** The statuses that name another URL. */
    public static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    public GuardedHttp {
        ports = Set.copyOf(ports);
        policy = names.judged(policy);
    }

    /** Asks only what {@link #judge} let pass. */
    public HttpClient client(ConnectionProvider connections) {
        return HttpClient.create(connections)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connectTimeout.toMillis())
                .responseTimeout(responseTimeout)
                .followRedirect(false)
                .disableRetry(true)
                .headers(headers -> headers.set(HttpHeaderNames.USER_AGENT, "tldr-highlights/1")
                        .set(HttpHeaderNames.ACCEPT, "*/*"))
                .resolver(names.resolvers())
                .resolvedAddressesSelector((configuration, addresses) -> policy.select(addresses));
    }

    /**
     * What is to be said before anything is dialled.
     *
     * @throws ForbiddenAddressException when the URL may not be asked
     */
    public void judge(PublicUrl url) {
        if (!policy.allowPrivateAddresses() && !ports.contains(url.port())) {
            throw new ForbiddenAddressException("port " + url.port() + " is not one of " + new TreeSet<>(ports));
        }
        // The client cannot read each notation of an address, and would report it as a name that nobody knows.
        policy.judge(url);
    }
}
