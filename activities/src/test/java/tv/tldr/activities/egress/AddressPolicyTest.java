package tv.tldr.activities.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
    private final AddressPolicy policy = new AddressPolicy(false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.255",
                "169.254.0.1",
                "169.254.169.254",
                "169.254.170.2",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.31.196.1",
                "192.52.193.1",
                "192.88.99.1",
                "192.168.0.1",
                "192.168.255.255",
                "192.175.48.1",
                "198.18.0.0",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "168.63.129.16",
                "100.100.100.200",
                "::",
                "::1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::a9fe:a9fe",
                "100::1",
                "2001::1",
                "2001:1ff::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "3fff:fff:ffff::1",
                "2620:4f:8000::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fd20:ce::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "4000::1",
                "1fff::1"
            })
    void deniesWhatIsNotPublic(String address) {
        assertThat(policy.allows(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.1",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "168.63.129.15",
                "168.63.129.17",
                "2000::1",
                "2001:200::1",
                "2001:db7::1",
                "2001:db9::1",
                "2003::1",
                "2606:4700::1111",
                "3ffe::1",
                "3fff:1000::1"
            })
    void allowsItsPublicNeighbours(String address) {
        assertThat(policy.allows(InetAddress.ofLiteral(address))).isTrue();
    }

    @Test
    void deniesWhatIsOursThoughItLooksPublic() {
        AddressPolicy closed = AddressPolicy.excepting(false, List.of("9.9.9.9", "10.0.0.0/8"))
                .closedTo(List.of(AddressRange.parse("9.9.0.0/16"), AddressRange.parse("2a00:1::/32")));

        assertThat(List.of("9.9.0.0", "9.9.255.255", "2a00:1::7", "2a00:1:ffff::1"))
                .allSatisfy(address -> assertThat(closed.allows(InetAddress.ofLiteral(address)))
                        .isFalse());
        assertThat(List.of("9.8.255.255", "9.10.0.0", "2a00:2::1", "9.9.9.9", "10.1.1.1"))
                .allSatisfy(address -> assertThat(closed.allows(InetAddress.ofLiteral(address)))
                        .isTrue());
    }

    @Test
    void ofThisMachineNothingIsDialledNorOfItsNameServers() throws SocketException {
        List<AddressRange> own = OwnAddresses.of(new EgressProperties(List.of("9.9.9.9:5353"), List.of("8.8.0.0/16")));

        assertThat(NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses))
                .isNotEmpty()
                .allMatch(address -> own.stream().anyMatch(range -> range.contains(address)));
        assertThat(own).contains(AddressRange.parse("9.9.9.9"), AddressRange.parse("8.8.0.0/16"));
    }

    @ParameterizedTest
    @ValueSource(bytes = {127, 10})
    void judgesAnIpv4AddressWrittenAsIpv6AsWhatItIs(byte first) throws UnknownHostException {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, first, 0, 0, 1};

        assertThat(policy.allows(Inet6Address.getByAddress("mapped", mapped, -1)))
                .isFalse();
    }

    @Test
    void refusesANameThatStandsForAPublicAndAPrivateAddress() {
        InetSocketAddress open = new InetSocketAddress(InetAddress.ofLiteral("1.1.1.1"), 80);
        InetSocketAddress inner = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 80);

        assertThat(policy.select(List.of(open)).size()).isEqualTo(1);
        assertThatThrownBy(() -> policy.select(List.of(open, inner))).isInstanceOf(ForbiddenAddressException.class);
        assertThat(new AddressPolicy(true).select(List.of(open, inner)).size()).isEqualTo(2);
    }
}
