package tv.tldr.activities.egress;

import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.DisposableBean;
import reactor.netty.http.HttpResources;
import reactor.netty.resources.LoopResources;
import reactor.netty.transport.NameResolverProvider;

/** Which addresses does a stranger's host name stand for? All of them, IPv4 and IPv6, for whoever dials to judge. */
public final class HostNames implements DisposableBean {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AddressResolverGroup<InetSocketAddress> resolvers;
    private final List<AddressRange> own;

    public HostNames(EgressProperties properties) {
        List<InetSocketAddress> servers = properties.addresses();
        this.own = OwnAddresses.of(properties);
        this.resolvers = NameResolverProvider.builder()
                .queryTimeout(PATIENCE)
                // Else a name's private IPv6 address behind its public IPv4 one would go unseen.
                .completeOncePreferredResolved(false)
                .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
                .dnsAddressResolverGroupProvider(builder -> new DnsAddressResolverGroup(asking(builder, servers)))
                .build()
                .newNameResolverGroup(HttpResources.get(), LoopResources.DEFAULT_NATIVE);
    }

    /**
     * In the loop of whoever connects, which waits there: an answer from another thread may come just as it begins to, and is then
     * told twice.
     */
    private static DnsNameResolverBuilder asking(DnsNameResolverBuilder builder, List<InetSocketAddress> servers) {
        builder.eventLoop(null);
        return servers.isEmpty()
                ? builder
                : builder.nameServerProvider(new SequentialDnsServerAddressStreamProvider(servers));
    }

    /** For a client that resolves while it connects. */
    public AddressResolverGroup<InetSocketAddress> resolvers() {
        return resolvers;
    }

    /** What may be dialled of them: nothing that is ours. */
    public AddressPolicy judged(AddressPolicy policy) {
        return policy.closedTo(own);
    }

    @Override
    public void destroy() {
        resolvers.close();
    }
}
