package tv.tldr.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientAddressTest {
    private static final String PROXY = "10.0.0.1";

    @Test
    void believesNoHeaderOfSomebodyElse() {
        assertThat(behind("203.0.113.9", "192.0.2.7")).isEqualTo("203.0.113.9");
        assertThat(new ClientAddress(new SecurityProperties(true, "", Duration.ZERO, List.of()))
                        .behind(InetAddress.ofLiteral(PROXY), List.of("192.0.2.7"))
                        .getHostAddress())
                .isEqualTo(PROXY);
    }

    @Test
    void takesTheLastAddressThatIsNoProxyOfOurs() {
        assertThat(behind(PROXY, "192.0.2.7")).isEqualTo("192.0.2.7");
        assertThat(behind(PROXY, "198.51.100.1, 192.0.2.7")).isEqualTo("192.0.2.7");
        assertThat(behind(PROXY, "198.51.100.1, 192.0.2.7, 10.0.0.2")).isEqualTo("192.0.2.7");
        assertThat(behind(PROXY, "198.51.100.1", "192.0.2.7,10.9.9.9")).isEqualTo("192.0.2.7");
    }

    @Test
    void passesOverThePortThatAProxyWritesDown() {
        assertThat(behind(PROXY, "198.51.100.1, 192.0.2.7:50123")).isEqualTo("192.0.2.7");
        assertThat(behind(PROXY, "[2001:db8::7]:50123")).isEqualTo("2001:db8:0:0:0:0:0:7");
        assertThat(behind(PROXY, "192.0.2.7, [::ffff:10.0.0.2]:443")).isEqualTo("192.0.2.7");
        assertThat(behind(PROXY, "[2001:db8::7]")).isEqualTo("2001:db8:0:0:0:0:0:7");
    }

    @Test
    void stopsAtWhatIsNoAddress() {
        assertThat(behind(PROXY)).isEqualTo(PROXY);
        assertThat(behind(PROXY, "")).isEqualTo(PROXY);
        assertThat(behind(PROXY, "192.0.2.7, unknown")).isEqualTo(PROXY);
        assertThat(behind(PROXY, "192.0.2.7:port")).isEqualTo(PROXY);
        assertThat(behind(PROXY, "192.0.2.7:")).isEqualTo(PROXY);
        assertThat(behind(PROXY, "evil.example.com, 10.0.0.2")).isEqualTo("10.0.0.2");
    }

    private static String behind(String peer, String... forwarded) {
        return new ClientAddress(new SecurityProperties(true, "", Duration.ZERO, List.of("10.0.0.0/8")))
                .behind(InetAddress.ofLiteral(peer), List.of(forwarded))
                .getHostAddress();
    }
}
