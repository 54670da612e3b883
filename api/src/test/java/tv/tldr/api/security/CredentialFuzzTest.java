package tv.tldr.api.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Clock;
import java.util.List;
import tv.tldr.activities.egress.AddressRange;

/** Whatever is shown as a credential is nobody's, unless we made it. */
class CredentialFuzzTest {
    private static final AccessTokens TOKENS =
            new AccessTokens(List.of("the secret key of this installation, long enough"), Clock.systemUTC());

    @FuzzTest
    void nothingThatWeDidNotSignIsAnAccessToken(byte[] bytes) {
        assertThat(TOKENS.read(new String(bytes, UTF_8))).isEmpty();
    }

    @FuzzTest
    void anAddressOfAnAllowListIsReadOrRefused(byte[] bytes) {
        try {
            AddressRange range = AddressRange.parse(new String(bytes, UTF_8));
            assertThat(AddressRange.parse(range.toString())).isEqualTo(range);
        } catch (IllegalArgumentException refused) {
            assertThat(refused).isNotNull();
        }
    }
}
