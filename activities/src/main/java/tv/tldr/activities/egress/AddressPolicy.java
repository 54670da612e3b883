package tv.tldr.activities.egress;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * May we connect to this address for a customer? Only to public ones: not to ourselves, our network, the cloud's metadata
 * services or ranges kept for special use. Asked for the addresses that are about to be dialled, so that a name that
 * changes its answer cannot get past.
 *
 * @param allowPrivateAddresses for development and tests: everything is allowed
 * @param exceptions allowed all the same: places of our own network that an operator opens to customers' URLs
 * @param own denied although they may look public
 */
public record AddressPolicy(boolean allowPrivateAddresses, List<AddressRange> exceptions, List<AddressRange> own) {
    private static final List<AddressRange> DENIED = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            // A cloud's wire server, which looks public.
            "168.63.129.16/32",
            // Tunnels, benchmarks and documentation inside the range of public IPv6 addresses.
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
            "2620:4f:8000::/48");
    private static final AddressRange PUBLIC_IPV6 = AddressRange.parse("2000::/3");

    public AddressPolicy {
        exceptions = List.copyOf(exceptions);
        own = List.copyOf(own);
    }

    /** Without exceptions. */
    public AddressPolicy(boolean allowPrivateAddresses) {
        this(allowPrivateAddresses, List.of(), List.of());
    }

    /**
     * With these exceptions.
     *
     * @param exceptions such as {@code 10.7.0.0/16} or {@code fd00:7::/32}
     * @throws IllegalArgumentException when one is no range of addresses
     */
    public static AddressPolicy excepting(boolean allowPrivateAddresses, Collection<String> exceptions) {
        return new AddressPolicy(
                allowPrivateAddresses,
                exceptions.stream().map(AddressRange::parse).toList(),
                List.of());
    }

    /** The same, where these are ours as well; what is excepted stays so. */
    AddressPolicy closedTo(List<AddressRange> ranges) {
        return new AddressPolicy(allowPrivateAddresses, exceptions, ranges);
    }

    /** Whether this address may be reached. */
    public boolean allows(InetAddress address) {
        if (allowPrivateAddresses) {
            return true;
        }
        byte[] bytes = unmapped(address.getAddress());
        return exceptions.stream().anyMatch(range -> range.contains(bytes))
                || (isPublic(bytes) && own.stream().noneMatch(range -> range.contains(bytes)));
    }

    /**
     * What a URL tells by itself, before anybody dials it: a name may lead anywhere, an address is what it is.
     *
     * @throws ForbiddenAddressException when its host is an address that is denied
     */
    public void judge(PublicUrl url) {
        if (!url.address().map(this::allows).orElse(true)) {
            throw new ForbiddenAddressException();
        }
    }

    private static boolean isPublic(byte[] bytes) {
        return (bytes.length == 4 || PUBLIC_IPV6.contains(bytes))
                && DENIED.stream().noneMatch(range -> range.contains(bytes));
    }

    /**
     * The addresses to dial out of those that a name stands for: all of them, or none when one is denied, since an honest
     * public name has no private address beside it.
     *
     * @throws ForbiddenAddressException when one is denied
     */
    public List<? extends SocketAddress> select(List<? extends SocketAddress> resolved) {
        for (SocketAddress address : resolved) {
            if (!(address instanceof InetSocketAddress inet)
                    || inet.getAddress() == null
                    || !allows(inet.getAddress())) {
                throw new ForbiddenAddressException();
            }
        }
        return resolved;
    }

    /** An IPv4 address that is written as IPv6 ({@code ::ffff:a.b.c.d}) is judged as what it is. */
    private static byte[] unmapped(byte[] address) {
        boolean mapped = address.length == 16
                && IntStream.range(0, 10).allMatch(i -> address[i] == 0)
                && address[10] == -1
                && address[11] == -1;
        return mapped ? Arrays.copyOfRange(address, 12, 16) : address;
    }

    private static List<AddressRange> ranges(String... texts) {
        return Stream.of(texts).map(AddressRange::parse).toList();
    }
}
