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
        assertThat(answer(stores.accounts.lookUp(issued.secret()))).isEqualTo(new Valid(issued.key()));
        assertThat(issued.key().scopes()).containsExactly("admin");
    }

    @Test
    void theSecretIsNowhereInTheDatabaseAndNotInALog() {
        IssuedKey issued = key(null);

        List<String> rows = all(stores.database.all(
                stores.database.sql("SELECT api_keys::text AS row FROM api_keys"),
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
        stores.database
                .update(stores.database
                        .sql("UPDATE api_keys SET revoked_at = now() WHERE id = :id")
                        .bind("id", revoked.key().id().uuid()))
                .block();

        assertThat(answer(stores.accounts.lookUp(valid.secret()))).isEqualTo(new Valid(valid.key()));
        assertThat(answer(stores.accounts.lookUp(expired.secret()))).isEqualTo(new Expired(expired.key()));
        assertThat(answer(stores.accounts.lookUp(revoked.secret()))).isEqualTo(new Unknown());
        assertThat(answer(stores.accounts.lookUp("tldr_sk_" + "a".repeat(32)))).isEqualTo(new Unknown());
        assertThat(answer(stores.accounts.lookUp("' OR 1=1 --"))).isEqualTo(new Unknown());
    }

    @Test
    void notesThatAKeyWasUsed() {
        IssuedKey issued = key(null);
        assertThat(used(issued)).isZero();

        stores.accounts.lookUp(issued.secret()).block();

        assertThat(used(issued)).isEqualTo(1);
    }

    private IssuedKey key(@Nullable Instant expiresAt) {
        OrganizationId organization = stores.organization();
        return answer(stores.accounts.issueKey(organization, "build", Set.of("streams:read"), expiresAt));
    }

    private long used(IssuedKey issued) {
        return answer(stores.database.one(
                stores.database
                        .sql("SELECT count(last_used_at) AS used FROM api_keys WHERE id = :id")
                        .bind("id", issued.key().id().uuid()),
                row -> Columns.required(row, "used", Long.class)));
    }
}
