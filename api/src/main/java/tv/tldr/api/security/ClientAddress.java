package tv.tldr.api.security;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import tv.tldr.activities.egress.AddressRange;

/**
 * From which address does a request come? From the one at the other end of the connection; what {@code X-Forwarded-For} says
 * counts only as far as our own proxies wrote it, for everybody can send that header.
 */
@Component
public final class ClientAddress {
    private static final String FORWARDED = "X-Forwarded-For";

    private final List<AddressRange> proxies;

    ClientAddress(SecurityProperties properties) {
        this.proxies = properties.trustedProxies().stream()
                .map(String::strip)
                .map(AddressRange::parse)
                .toList();
    }

    /** Empty when it is not known, as over a socket file. */
    public Optional<InetAddress> of(ServerHttpRequest request) {
        InetSocketAddress peer = request.getRemoteAddress();
        return peer == null || peer.getAddress() == null
                ? Optional.empty()
                : Optional.of(behind(peer.getAddress(), request.getHeaders().getOrEmpty(FORWARDED)));
    }

    /** The same as text. */
    public String text(ServerHttpRequest request) {
        return of(request).map(InetAddress::getHostAddress).orElse("");
    }

    /** The last address in the chain that none of our proxies has. */
    InetAddress behind(InetAddress peer, List<String> forwarded) {
        List<String> chain = forwarded.stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(String::strip)
                .toList();
        InetAddress last = peer;
        for (String hop : chain.reversed()) {
            if (!isProxy(last)) {
                return last;
            }
            try {
                last = AddressRange.parse(hop).network();
            } catch (IllegalArgumentException e) {
                return last;
            }
        }
        return last;
    }

    private boolean isProxy(InetAddress address) {
        return proxies.stream().anyMatch(range -> range.contains(address));
    }
}
