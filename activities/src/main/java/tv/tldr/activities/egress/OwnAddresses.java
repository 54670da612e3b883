package tv.tldr.activities.egress;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are ours, though they may look public? Those of this machine, of the name servers that it was told, and
 * what else its operator says: a network of public IPv6 addresses, a way out that many share, a balancer in front of us.
 */
final class OwnAddresses {
    private OwnAddresses() {}

    /** As they are now. */
    static List<AddressRange> of(EgressProperties properties) {
        Stream<InetAddress> single =
                Stream.concat(ofThisMachine(), properties.addresses().stream().map(InetSocketAddress::getAddress));
        return Stream.concat(single.map(AddressRange::of), properties.denied().stream())
                .toList();
    }

    private static Stream<InetAddress> ofThisMachine() {
        try {
            return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses);
        } catch (SocketException e) {
            throw new UncheckedIOException("the addresses of this machine cannot be read", e);
        }
    }
}
