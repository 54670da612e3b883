package tv.tldr.api.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import tv.tldr.activities.store.DerivedKey;
import tv.tldr.activities.store.StoreProperties;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Role;
import tv.tldr.workflows.account.SessionId;
import tv.tldr.workflows.account.UserId;

/**
 * Who is behind an access token? A JSON Web Token that we signed ourselves, with one algorithm and a key for nothing else; each
 * names its key, so that a new one can take over while tokens of the old one are still good.
 */
@Component
public final class AccessTokens {
    /** How long one is good. */
    public static final Duration LIFE = Duration.ofMinutes(30);

    private static final String ISSUER = "tldr";
    private static final String AUDIENCE = "tldr-api";
    private static final JWSAlgorithm ALGORITHM = JWSAlgorithm.HS256;
    /** RFC 9068: no other kind of token of ours can be taken for one. */
    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

    private static final int CLOCKS_APART_SECONDS = 5;
    private static final int LONGEST = 2048;
    private static final int KEY_ID_BYTES = 6;

    private final Clock clock;
    private final OctetSequenceKey signing;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    @Autowired
    AccessTokens(StoreProperties properties, Clock clock) {
        this(List.of(properties.secretKey()), clock);
    }

    /** @param secretKeys the first one signs; what any of them signed is good */
    AccessTokens(List<String> secretKeys, Clock clock) {
        this.clock = clock;
        List<OctetSequenceKey> keys =
                secretKeys.stream().map(AccessTokens::derived).toList();
        this.signing = keys.getFirst();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(TYPE));
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(ALGORITHM, new ImmutableJWKSet<>(new JWKSet(List.copyOf(keys)))));
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(
                AUDIENCE, new JWTClaimsSet.Builder().issuer(ISSUER).build(), Set.of("sub", "sid", "jti", "iat", "exp"));
        claims.setMaxClockSkew(CLOCKS_APART_SECONDS);
        processor.setJWTClaimsSetVerifier(claims);
    }

    /**
     * What a good token says. The role is what it was when the token was made, and only tells the client.
     *
     * @param organization null: the user belongs to none
     */
    public record Claims(UserId user, @Nullable OrganizationId organization, SessionId session) {}

    /** Of somebody in an organization. */
    public String issue(UserId user, OrganizationId organization, Role role, SessionId session) {
        return signed(user, session, claims -> claims.claim("org", organization.toString())
                .claim("role", role.name()));
    }

    /** Of somebody who belongs to none. */
    public String issue(UserId user, SessionId session) {
        return signed(user, session, claims -> claims);
    }

    private String signed(UserId user, SessionId session, UnaryOperator<JWTClaimsSet.Builder> place) {
        Instant now = clock.instant();
        JWTClaimsSet claims = place.apply(new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .audience(AUDIENCE)
                        .subject(user.toString()))
                .claim("sid", session.toString())
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .build();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(ALGORITHM)
                        .type(TYPE)
                        .keyID(signing.getKeyID())
                        .build(),
                claims);
        try {
            token.sign(new MACSigner(signing));
        } catch (JOSEException e) {
            throw new IllegalStateException("the key signs with " + ALGORITHM, e);
        }
        return token.serialize();
    }

    /** Empty for whatever is not a token of ours that is good now. */
    Optional<Claims> read(String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            JWTClaimsSet claims = processor.process(token, null);
            String organization = claims.getStringClaim("org");
            // What somebody is, they are somewhere.
            if ((organization == null) != (claims.getStringClaim("role") == null)) {
                return Optional.empty();
            }
            return Optional.of(new Claims(
                    UserId.parse(claims.getSubject()),
                    organization == null ? null : OrganizationId.parse(organization),
                    SessionId.parse(claims.getStringClaim("sid"))));
        } catch (ParseException | BadJOSEException | JOSEException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static OctetSequenceKey derived(String secretKey) {
        byte[] id = DerivedKey.of(secretKey, "access token key id");
        return new OctetSequenceKey.Builder(DerivedKey.of(secretKey, "access tokens"))
                .keyID(HexFormat.of().formatHex(id, 0, KEY_ID_BYTES))
                .algorithm(ALGORITHM)
                .build();
    }
}
