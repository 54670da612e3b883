package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.account.OrganizationId;

/** What PostgreSQL itself keeps apart, whatever a statement says. */
class TenantWallIT extends StoreIT {
    private static final String TENANT_TABLES = """
            SELECT class.oid, class.relname, class.relrowsecurity, class.relforcerowsecurity
            FROM pg_class class JOIN pg_attribute attribute ON attribute.attrelid = class.oid
            WHERE class.relkind IN ('r', 'p') AND class.relnamespace = 'public'::regnamespace
              AND attribute.attname = 'organization_id' AND NOT attribute.attisdropped
            """;

    private OrganizationId ours;
    private OrganizationId others;

    @BeforeEach
    void giveTwoOrganizationsAStreamEach() {
        ours = stores.organization();
        others = stores.organization();
        stores.submitted(ours);
        stores.submitted(others);
    }

    @Test
    void everyTableWithAnOrganizationIsBehindTheWall() {
        List<String> tables = texts("SELECT relname::text AS text FROM (" + TENANT_TABLES + ") AS tables");
        List<String> walled = texts("""
                SELECT relname::text AS text FROM (%s) AS tables
                WHERE relrowsecurity AND relforcerowsecurity AND ARRAY(
                    SELECT concat_ws(' ', array_to_string(polroles::regrole[], ','), polpermissive, polcmd,
                                     pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
                    FROM pg_policy WHERE polrelid = tables.oid ORDER BY polname
                ) = ARRAY[
                    current_database() || '_across t * true true',
                    concat_ws(' ', current_database() || '_app t *', own, own)]
                """.formatted(TENANT_TABLES).replace("own", """
                '(organization_id = (NULLIF(current_setting(''tldr.tenant''::text, true), ''''::text))::uuid)'"""));

        assertThat(tables).contains("streams", "highlights", "api_keys", "events", "audit_log");
        assertThat(walled)
                .as("a migration that makes a table with organization_id calls protect_tenant_table('the_table')")
                .containsExactlyInAnyOrderElementsOf(tables);
    }

    @Test
    void noViewOfTheOwnersShowsWhatTheTableWouldNot() {
        assertThat(texts("""
                SELECT relname::text AS text FROM pg_class
                WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace
                  AND NOT 'security_invoker=true' = ANY (coalesce(reloptions, '{}'))
                """)).isEmpty();
        assertThat(texts("""
                SELECT proname::text AS text FROM pg_proc
                WHERE pronamespace = 'public'::regnamespace AND prosecdef
                """)).isEmpty();
    }

    @Test
    void theProgramSpeaksAsARoleThatOwnsNothingAndPassesNoWall() {
        String role = """
                SELECT concat_ws(' ', substr(rolname, length(current_database()) + 1), rolsuper, rolbypassrls, rolcanlogin,
                    rolcreaterole, rolcreatedb,
                    (SELECT count(*) FROM pg_class WHERE relowner = pg_roles.oid),
                    (SELECT count(*) FROM pg_auth_members WHERE member = pg_roles.oid)) AS text
                FROM pg_roles WHERE rolname = current_user
                """;

        assertThat(text(stores.database, role)).isEqualTo("_app f f f f f 0 0");
        assertThat(texts(role)).containsExactly("_across f f f f f 0 0");
    }

    @Test
    void aStatementOfNoOrganizationSeesNoneOfItsRows() {
        for (String table : texts("SELECT relname::text AS text FROM (" + TENANT_TABLES + ") AS tables")) {
            assertThat(text(stores.database, "SELECT count(*)::text AS text FROM " + table))
                    .as(table)
                    .isEqualTo("0");
        }
        assertThat(texts("SELECT organization_id::text AS text FROM streams"))
                .contains(ours.uuid().toString(), others.uuid().toString());
    }

    @Test
    void aStatementOfNoOrganizationWritesNone() {
        String insertion = """
                INSERT INTO usage_records (organization_id, id, metric, quantity) VALUES ('%s', '%s', 'api_calls', 1)
                """.formatted(ours.uuid(), FreshUuid.next());

        refused(() -> stores.database.update(stores.database.sql(insertion)).block());
    }

    @Test
    void anOrganizationWritesNoRowOfAnother() {
        String insertion = """
                INSERT INTO usage_records (organization_id, id, metric, quantity) SELECT :other, :id, 'api_calls', 1 WHERE :organization IS NOT NULL
                """;
        refused(() -> stores.database
                .update(stores.database
                        .sql(ours, insertion)
                        .bind("other", others.uuid())
                        .bind("id", FreshUuid.next()))
                .block());
        refused(() -> stores.database
                .update(stores.database
                        .sql(ours, "UPDATE streams SET organization_id = :other WHERE organization_id = :organization")
                        .bind("other", others.uuid()))
                .block());
    }

    @Test
    void aForgottenWhereStaysInItsOrganization() {
        assertThat(all(stores.database.all(
                        stores.database.sql(
                                ours, "SELECT organization_id FROM streams WHERE :organization IS NOT NULL"),
                        row -> Columns.required(row, "organization_id", UUID.class))))
                .containsExactly(ours.uuid());
        assertThat(answer(stores.database.update(stores.database.sql(
                        ours, "UPDATE streams SET updated_at = now() WHERE :organization IS NOT NULL"))))
                .isEqualTo(1);
        assertThat(answer(stores.database.update(
                        stores.database.sql(ours, "DELETE FROM streams WHERE :organization IS NOT NULL"))))
                .isEqualTo(1);

        assertThat(texts("SELECT organization_id::text AS text FROM streams"))
                .contains(others.uuid().toString())
                .doesNotContain(ours.uuid().toString());
    }

    @Test
    void theProgramChangesNoTableAndNoHistoryOfMigrations() {
        refused(() -> stores.database
                .update(stores.database.sql("ALTER TABLE streams DISABLE ROW LEVEL SECURITY"))
                .block());
        refused(() ->
                stores.database.update(stores.database.sql("TRUNCATE streams")).block());
        refused(() -> stores.database
                .update(stores.database.acrossOrganizations("DELETE FROM flyway_schema_history"))
                .block());
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable statement) {
        assertThatThrownBy(statement).isInstanceOf(StoreFailure.class).hasMessageContaining("42501");
    }

    private static String text(Database database, String query) {
        return answer(database.one(database.sql(query), row -> Columns.required(row, "text", String.class)));
    }

    private List<String> texts(String query) {
        return all(stores.database.all(
                stores.database.acrossOrganizations(query), row -> Columns.required(row, "text", String.class)));
    }
}
