package tv.tldr.activities.egress;

import java.net.InetSocketAddress;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is asked what customers' host names stand for, and what is not theirs to reach?
 *
 * @param nameServers as {@code 192.0.2.53} or {@code 192.0.2.53:5353}; none: those of the machine, which may also know names of
 *     our own network
 * @param deniedAddresses ranges that are never dialled although they look public, such as {@code 2001:db8:7::/48}
 */
@ConfigurationProperties("tldr.egress")
public record EgressProperties(
        @DefaultValue List<String> nameServers,
        @DefaultValue List<String> deniedAddresses) {
    private static final int PORT = 53;

    public EgressProperties {
        nameServers = List.copyOf(nameServers);
        deniedAddresses = List.copyOf(deniedAddresses);
        nameServers.forEach(EgressProperties::address);
        deniedAddresses.forEach(AddressRange::parse);
    }

    List<InetSocketAddress> addresses() {
        return nameServers.stream().map(EgressProperties::address).toList();
    }

    List<AddressRange> denied() {
        return deniedAddresses.stream().map(AddressRange::parse).toList();
    }

    private static InetSocketAddress address(String text) {
        int colon = text.indexOf(':');
        boolean hasPort = colon >= 0 && colon == text.lastIndexOf(':');
        String port = hasPort ? text.substring(colon + 1) : String.valueOf(PORT);
        if (!port.matches("[1-9][0-9]{0,4}") || Integer.parseInt(port) > 65_535) {
            throw new IllegalArgumentException("a name server is an address, such as 192.0.2.53 or 192.0.2.53:5353");
        }
        String host = hasPort ? text.substring(0, colon) : text;
        return new InetSocketAddress(AddressRange.parse(host).network(), Integer.parseInt(port));
    }
}
