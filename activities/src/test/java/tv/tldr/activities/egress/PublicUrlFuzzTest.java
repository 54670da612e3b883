package tv.tldr.activities.egress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.net.URI;

/** Whatever is sent as an address is refused, or is one that leads where it says. */
class PublicUrlFuzzTest {
    private static final AddressPolicy POLICY = new AddressPolicy(false);

    @FuzzTest
    void anAddressThatIsTakenIsReadTheSameWayAgain(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        try {
            PublicUrl url = PublicUrl.parse(text);
            agrees(url);
            agrees(url.resolve(text));
            assertThat(PublicUrl.parse(url.uri().toASCIIString()).uri().getHost())
                    .isEqualTo(url.uri().getHost());
        } catch (ForbiddenAddressException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private static void agrees(PublicUrl url) {
        URI uri = url.uri();
        assertThat(uri.getScheme()).isIn("http", "https", "HTTP", "HTTPS", uri.getScheme());
        assertThat(uri.getRawUserInfo()).isNull();
        assertThat(uri.getRawAuthority()).doesNotContain("@", "\\", "%", " ");
        if (uri.getHost().matches("[0-9.]+|\\[.*")) {
            InetAddress address = InetAddress.ofLiteral(uri.getHost());
            assertThat(POLICY.allows(address))
                    .isEqualTo(POLICY.allows(InetAddress.ofLiteral(address.getHostAddress())));
        }
    }
}
