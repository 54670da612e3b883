package tv.tldr.api.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tv.tldr.activities.store.DerivedKey;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Role;
import tv.tldr.workflows.account.SessionId;
import tv.tldr.workflows.account.UserId;

/** What somebody may try who wants to be taken for somebody else. */
class TokenAttacksTest {
    private static final String SECRET = "the secret key of this installation, long enough";
    private static final UserId USER = new UserId(new UUID(7, 1));
    private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(7, 2));
    private static final SessionId SESSION = new SessionId(new UUID(7, 3));
    private static final byte[] KEY = DerivedKey.of(SECRET, "access tokens");

    private final AccessTokens tokens = at(Instant.now());

    @Test
    void readsWhatItWrote() {
        assertThat(tokens.read(issued(tokens))).contains(new AccessTokens.Claims(USER, ORGANIZATION, SESSION));
    }

    @Test
    void readsTheTokenOfSomebodyWhoBelongsToNoOrganization() {
        assertThat(tokens.read(tokens.issue(USER, SESSION))).contains(new AccessTokens.Claims(USER, null, SESSION));
    }

    @Test
    void theForgerOfTheseTestsWritesWhatWouldBeRead() throws JOSEException {
        assertThat(tokens.read(forged(new MACSigner(KEY), JWSAlgorithm.HS256, claims -> {})))
                .isPresent();
    }

    @Test
    void believesNothingUnsigned() {
        String plain = new PlainJWT(claims().build()).serialize();
        String[] parts = issued(tokens).split("\\.", -1);

        refuses(plain);
        for (String algorithm : List.of("none", "None", "NONE", "nOnE", "")) {
            String header = encode("{\"alg\":\"" + algorithm + "\",\"typ\":\"at+jwt\"}");
            refuses(header + "." + parts[1] + ".");
            refuses(header + "." + parts[1] + "." + parts[2]);
        }
        refuses(parts[0] + "." + parts[1] + ".");
        refuses(parts[0] + "." + parts[1]);
    }

    @Test
    void believesNoOtherAlgorithm() throws JOSEException {
        RSAKey rsa = new RSAKeyGenerator(2048).generate();
        byte[] longKey = new byte[64];
        System.arraycopy(KEY, 0, longKey, 0, KEY.length);

        refuses(forged(new RSASSASigner(rsa), JWSAlgorithm.RS256, claims -> {}));
        refuses(forged(new MACSigner(longKey), JWSAlgorithm.HS512, claims -> {}));
        // The public key as the secret of an HMAC, which a verifier that lets the token choose would accept.
        refuses(forged(new MACSigner(rsa.toRSAPublicKey().getEncoded()), JWSAlgorithm.HS256, claims -> {}));
    }

    @Test
    void believesNoOtherKey() throws JOSEException {
        refuses(issued(new AccessTokens(List.of("another secret key, which is also long enough"), Clock.systemUTC())));
        refuses(forged(new MACSigner(SECRET.getBytes(UTF_8)), JWSAlgorithm.HS256, claims -> {}));
        refuses(forged(new MACSigner(DerivedKey.of(SECRET, "refresh tokens")), JWSAlgorithm.HS256, claims -> {}));
        refuses(forged(new MACSigner(new byte[32]), JWSAlgorithm.HS256, claims -> {}));
    }

    @Test
    void takesNoKeyOutOfTheToken() throws JOSEException {
        OctetSequenceKey own =
                new OctetSequenceKey.Builder(new byte[32]).keyID("mine").build();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID("../../../../dev/null")
                        .customParam("k", own.getKeyValue().toString())
                        .build(),
                claims().build());
        token.sign(new MACSigner(own));

        refuses(token.serialize());
    }

    @Test
    void believesOnlyWhatIsMeantForItAndGoodNow() throws JOSEException {
        refuses(issued(at(Instant.now().minus(AccessTokens.LIFE).minus(Duration.ofMinutes(1)))));
        refuses(forgedWith(claims -> claims.audience("another-api")));
        refuses(forgedWith(claims -> claims.audience((String) null)));
        refuses(forgedWith(claims -> claims.issuer("somebody")));
        refuses(forgedWith(claims -> claims.expirationTime(null)));
        refuses(forgedWith(
                claims -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(600)))));
        refuses(forgedWith(claims -> claims.subject("usr_x")));
        refuses(forgedWith(claims -> claims.subject(ORGANIZATION.toString())));
        refuses(forgedWith(claims -> claims.claim("org", null)));
        refuses(forgedWith(claims -> claims.claim("role", null)));
        refuses(forgedWith(claims -> claims.claim("org", 7)));
        refuses(forgedWith(claims -> claims.claim("sid", List.of(SESSION.toString()))));
    }

    @Test
    void takesNoOtherKindOfTokenForAnAccessToken() throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(JOSEObjectType.JWT)
                        .build(),
                claims().build());
        token.sign(new MACSigner(KEY));

        refuses(token.serialize());
    }

    @Test
    void noticesEveryChangedCharacter() {
        String token = issued(tokens);
        for (int i = 0; i < token.length() - 1; i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            refuses(token.substring(0, i) + other + token.substring(i + 1));
        }
    }

    @Test
    void isNotConfusedByRubbish() {
        for (String rubbish :
                List.of("", ".", "..", "...", "eyJ", "eyJ.eyJ.eyJ", "x".repeat(100_000), "eyJ\0.\u00e9.")) {
            refuses(rubbish);
        }
    }

    @Test
    void aNewKeyTakesOverWhileTokensOfTheOldOneAreStillGood() {
        AccessTokens old = new AccessTokens(List.of(SECRET), Clock.systemUTC());
        AccessTokens both =
                new AccessTokens(List.of("the next secret key, long enough as well", SECRET), Clock.systemUTC());

        assertThat(both.read(issued(old))).isPresent();
        assertThat(old.read(issued(both))).isEmpty();
        assertThat(both.read(issued(both))).isPresent();
    }

    private void refuses(String token) {
        assertThat(tokens.read(token)).as(token).isEmpty();
    }

    private static AccessTokens at(Instant now) {
        return new AccessTokens(List.of(SECRET), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static String issued(AccessTokens by) {
        return by.issue(USER, ORGANIZATION, Role.VIEWER, SESSION);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("tldr")
                .audience("tldr-api")
                .subject(USER.toString())
                .claim("org", ORGANIZATION.toString())
                .claim("role", "OWNER")
                .claim("sid", SESSION.toString())
                .jwtID("1")
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(600)));
    }

    private static String forgedWith(Consumer<JWTClaimsSet.Builder> change) throws JOSEException {
        return forged(new MACSigner(KEY), JWSAlgorithm.HS256, change);
    }

    private static String forged(JWSSigner signer, JWSAlgorithm algorithm, Consumer<JWTClaimsSet.Builder> change)
            throws JOSEException {
        JWTClaimsSet.Builder claims = claims();
        change.accept(claims);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(algorithm)
                        .type(new JOSEObjectType("at+jwt"))
                        .build(),
                claims.build());
        token.sign(signer);
        return token.serialize();
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
