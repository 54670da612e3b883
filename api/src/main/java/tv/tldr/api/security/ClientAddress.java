package tv.tldr.api.security;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Pattern WITH_PORT =
            Pattern.compile("(?<v4>[0-9.]+):[0-9]{1,5}|\\[(?<v6>[0-9a-fA-F:.]+)](:[0-9]{1,5})?");

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
                last = AddressRange.parse(withoutPort(hop)).network();
            } catch (IllegalArgumentException e) {
                return last;
            }
        }
        return last;
    }

    /** Some proxies write down from which port. */
    private static String withoutPort(String hop) {
        Matcher matcher = WITH_PORT.matcher(hop);
        return matcher.matches() ? Objects.requireNonNullElse(matcher.group("v4"), matcher.group("v6")) : hop;
    }

    private boolean isProxy(InetAddress address) {
        return proxies.stream().anyMatch(range -> range.contains(address));
    }
}
