package tv.tldr.api.security;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.egress.AddressRange;
import tv.tldr.activities.store.AccountChanges;
import tv.tldr.activities.store.AccountStore;
import tv.tldr.activities.store.ApiKey;
import tv.tldr.activities.store.KeyHash;
import tv.tldr.activities.store.KeyLookup;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;
import tv.tldr.workflows.account.Role;
import tv.tldr.workflows.account.Scope;

/** On whose behalf is a request with an API key, if the key is good, and good from there? */
@Component
public final class KeyAdmission implements AccountChanges.Listener {
    private final AccountStore accounts;
    private final KeyUses uses;
    private final Clock clock;
    private final AccountCache<KeyHash, Admitted> cache;

    KeyAdmission(
            AccountStore accounts, AccountChanges changes, KeyUses uses, Clock clock, SecurityProperties properties) {
        this.accounts = accounts;
        this.uses = uses;
        this.clock = clock;
        this.cache = new AccountCache<>(changes, properties.cacheTtl());
        changes.tell(this);
    }

    /** What is needed of a key with each request, worked out once. */
    private record Admitted(
            Tenant tenant,
            String preview,
            @Nullable Instant expiresAt,
            List<AddressRange> allowed,
            @Nullable UUID creator) {
        static Admitted of(ApiKey key, Role creator) {
            Set<Scope> scopes = Scope.within(key.scopes(), creator.scopes());
            return new Admitted(
                    new Tenant(key.organizationId(), new Actor.Key(key.id(), key.createdBy()), creator, scopes),
                    key.preview(),
                    key.expiresAt(),
                    key.ipAllowList().stream().map(AddressRange::parse).toList(),
                    key.createdBy() == null ? null : key.createdBy().uuid());
        }
    }

    /** With every request: its use is counted. */
    Mono<Tenant> admit(String presented, Optional<InetAddress> from) {
        return check(presented, from).doOnNext(tenant -> uses.count(tenant, clock.instant()));
    }

    /** The same without a use of it. */
    Mono<Tenant> check(String presented, Optional<InetAddress> from) {
        return accounts.hashOf(presented)
                .map(hash -> cache.get(hash, this::read).map(key -> admit(key, from)))
                .orElseGet(() -> Mono.error(unknown()));
    }

    private Mono<Admitted> read(KeyHash hash) {
        return accounts.lookUp(hash).map(lookup -> switch (lookup) {
            case KeyLookup.Valid valid -> Admitted.of(valid.key(), valid.creator());
            case KeyLookup.Expired expired -> throw expired(expired.key().preview());
            case KeyLookup.Unknown _ -> throw unknown();
        });
    }

    private Tenant admit(Admitted key, Optional<InetAddress> from) {
        Instant now = clock.instant();
        if (key.expiresAt() != null && !key.expiresAt().isAfter(now)) {
            throw expired(key.preview());
        }
        boolean here = key.allowed().isEmpty()
                || key.allowed().stream()
                        .anyMatch(range -> from.map(range::contains).orElse(false));
        if (!here) {
            throw new ProblemException(
                    ErrorCode.INSUFFICIENT_PERMISSIONS,
                    "The API key " + key.preview() + " may not be used from this address; see its ip_allow_list.");
        }
        return key.tenant();
    }

    private static ProblemException expired(String preview) {
        return new ProblemException(
                ErrorCode.API_KEY_EXPIRED, "The API key " + preview + " has expired; make a new one.");
    }

    private static ProblemException unknown() {
        return new ProblemException(
                ErrorCode.INVALID_API_KEY,
                "This API key is not known: it was mistyped, revoked or belongs to another installation.");
    }

    @Override
    public void changed(String what, String which) {
        if (what.equals("key")) {
            cache.forget(new KeyHash(which));
        } else if (what.equals("user")) {
            UUID user = UUID.fromString(which);
            cache.forgetWhere(key -> user.equals(key.creator()));
        }
    }

    @Override
    public void missed() {
        cache.forgetAll();
    }
}
