package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.api.output.MigrateResult;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.signal.SignalKind;

class SchemaIT extends StoreIT {
    @Test
    void migratesAnEmptyDatabaseOnceAndThenFindsNothingToDo() {
        assertThat(stores.flyway().info().applied()).isNotEmpty();

        MigrateResult again = stores.flyway().migrate();

        assertThat(again.success).isTrue();
        assertThat(again.migrationsExecuted).isZero();
    }

    @Test
    void everyTableOfATenantBeginsItsKeysAndIndexesWithTheOrganization() {
        List<String> strangers = texts("""
                SELECT i.tablename || '.' || i.indexname AS text FROM pg_indexes i
                WHERE i.schemaname = 'public'
                  AND i.tablename IN (
                      SELECT table_name FROM information_schema.columns WHERE column_name = 'organization_id')
                  AND i.indexdef NOT LIKE '%(organization_id%'
                """);

        // Looked up before the tenant is known; looked over by the sweep, and summed up, for all tenants.
        assertThat(strangers)
                .containsExactlyInAnyOrder(
                        "api_keys.api_keys_key_hash_key",
                        "invitations.invitations_token_hash_key",
                        "memberships.memberships_of_user",
                        "streams.streams_unstarted",
                        "streams.streams_open",
                        "batches.batches_open",
                        "model_calls.model_calls_by_time",
                        "highlights.highlights_to_recut",
                        "shares.shares_token_hash_key",
                        "uploads.uploads_by_end",
                        "webhook_deliveries.webhook_deliveries_open",
                        "webhook_deliveries.webhook_deliveries_old",
                        "idempotency_keys.idempotency_keys_by_expiry");
    }

    @Test
    void whatBelongsToNoOrganizationBelongsToAPersonOrToEverybody() {
        List<String> tables = texts("""
                SELECT table_name::text AS text FROM information_schema.tables t
                WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND NOT EXISTS (
                    SELECT FROM information_schema.columns c
                    WHERE c.table_name = t.table_name AND c.column_name = 'organization_id')
                """);

        assertThat(tables)
                .contains("users", "sessions", "refresh_tokens", "one_time_tokens", "attempts")
                .doesNotContain("memberships", "invitations", "audit_log", "api_keys");
    }

    @Test
    void everySignalHasAColumn() {
        List<String> columns = texts("""
                SELECT column_name::text AS text FROM information_schema.columns
                WHERE table_schema = 'public' AND table_name = 'signals' AND udt_name = '_float4'
                """);

        assertThat(columns)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(SignalKind.values()).map(SignalKind::wire).toList());
    }

    private List<String> texts(String query) {
        return all(stores.database.all(stores.database.sql(query), row -> Columns.required(row, "text", String.class)));
    }
}
