package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tv.tldr.activities.store.KeyLookup.Expired;
import tv.tldr.activities.store.KeyLookup.Unknown;
import tv.tldr.activities.store.KeyLookup.Valid;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Role;

class AccountStoreIT extends StoreIT {
    @Test
    void ofManyProcessesThatStartAtOnceOneMakesTheFirstOrganization() {
        stores.database.update(stores.database.sql("DELETE FROM organizations")).block();
        assertThat(stores.accounts.firstOrganization().blockOptional()).isEmpty();

        List<IssuedKey> keys =
                all(Flux.range(0, 10).flatMap(i -> stores.accounts.bootstrap("Home", Set.of("admin")), 10));

        assertThat(keys).hasSize(1);
        IssuedKey issued = keys.getFirst();
        assertThat(answer(stores.accounts.firstOrganization()))
                .isEqualTo(issued.key().organizationId());
        assertThat(lookUp(issued.secret())).isEqualTo(new Valid(issued.key(), Role.OWNER));
        assertThat(issued.key().scopes()).containsExactly("admin");
    }

    @Test
    void theSecretIsNowhereInTheDatabaseAndNotInALog() {
        IssuedKey issued = key(null);

        List<String> rows = all(stores.owner.all(
                stores.owner.sql("SELECT api_keys::text AS row FROM api_keys"),
                row -> Columns.required(row, "row", String.class)));

        String unknown = issued.secret().substring(issued.key().preview().length() - 1);
        assertThat(rows).isNotEmpty().noneMatch(row -> row.contains(unknown));
        assertThat(issued.toString()).doesNotContain(unknown);
    }

    @Test
    void knowsAKeyThatMayBeUsedFromOneThatMayNot() {
        IssuedKey valid = key(Instant.parse("2999-01-01T00:00:00Z"));
        IssuedKey expired = key(Instant.parse("2001-01-01T00:00:00Z"));
        IssuedKey revoked = key(null);
        stores.owner
                .update(stores.owner
                        .sql("UPDATE api_keys SET revoked_at = now() WHERE id = :id")
                        .bind("id", revoked.key().id().uuid()))
                .block();

        assertThat(lookUp(valid.secret())).isEqualTo(new Valid(valid.key(), Role.OWNER));
        assertThat(lookUp(expired.secret())).isEqualTo(new Expired(expired.key()));
        assertThat(lookUp(revoked.secret())).isEqualTo(new Unknown());
        assertThat(lookUp("tldr_sk_" + "a".repeat(32))).isEqualTo(new Unknown());
        assertThat(lookUp("' OR 1=1 --")).isEqualTo(new Unknown());
    }

    @Test
    void addsUpHowOftenAKeyWasUsed() {
        IssuedKey issued = key(null);
        ApiKey key = issued.key();
        Instant earlier = Instant.parse("2026-01-01T00:00:00Z");
        Instant later = Instant.parse("2026-01-01T00:00:05Z");

        stores.keys
                .noteUses(List.of(new KeyUse(key.organizationId(), key.id(), 3, later)))
                .block();
        stores.keys
                .noteUses(List.of(new KeyUse(key.organizationId(), key.id(), 2, earlier)))
                .block();

        ApiKey used = answer(stores.keys.find(key.organizationId(), key.id(), new ApiKeyStore.Owner(true, null)));
        assertThat(used.useCount()).isEqualTo(5);
        assertThat(used.lastUsedAt()).isEqualTo(later);
        assertThat(used.version()).isEqualTo(key.version());
    }

    private KeyLookup lookUp(String secret) {
        return stores.accounts.hashOf(secret).isEmpty()
                ? new Unknown()
                : answer(stores.accounts.lookUp(stores.accounts.hashOf(secret).orElseThrow()));
    }

    private IssuedKey key(@Nullable Instant expiresAt) {
        OrganizationId organization = stores.organization();
        return answer(stores.accounts.issueKey(organization, "build", Set.of("streams:read"), expiresAt));
    }
}
