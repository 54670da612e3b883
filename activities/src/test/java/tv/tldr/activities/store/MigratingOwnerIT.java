package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.ConnectionFactories;
import java.util.UUID;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import tv.tldr.workflows.account.OrganizationId;

/** The wall stands for whoever owns the database, and needs no superuser. */
class MigratingOwnerIT {
    private String place;
    private String name;
    private DatabaseClient superuser;

    @BeforeEach
    void makeADatabase() {
        place = TestPostgres.freshDatabase();
        name = place.substring(place.indexOf('/') + 1);
        superuser = TestPostgres.owner("postgresql://postgres@" + place);
    }

    @Test
    void anOwnerThatMayMakeRolesMakesThem() {
        own("CREATEROLE");

        migrate();

        OrganizationId ours = aVersionFromBeforeMakesAnOrganization();
        OrganizationId others = aVersionFromBeforeMakesAnOrganization();
        assertThat(seenBy(plain())).as("a version from before goes on").isEqualTo(2);
        Database program = StoreContext.over(
                new WalledConnections(ConnectionFactories.get("r2dbc:postgresql://" + login("owner"))));
        assertThat(seenBy(program)).isZero();
        assertThat(StoreIT.all(program.all(
                        program.sql(ours, "SELECT organization_id FROM usage_notices WHERE :organization IS NOT NULL"),
                        row -> Columns.required(row, "organization_id", UUID.class))))
                .containsExactly(ours.uuid())
                .doesNotContain(others.uuid());
    }

    @Test
    void anOwnerThatMayMakeNoneTakesThoseThatAreThere() {
        own("");
        assertThatThrownBy(this::migrate).isInstanceOf(FlywayException.class).hasMessageContaining("42501");
        Stream.of("_app", "_across").forEach(kind -> {
            run("CREATE ROLE " + name + kind);
            run("GRANT " + name + kind + " TO " + name + "_owner");
        });

        migrate();

        aVersionFromBeforeMakesAnOrganization();
        assertThat(seenBy(plain())).isEqualTo(1);
    }

    @Test
    void whoeverLogsInWithoutOwningAnythingReachesNothingButThroughTheWall() {
        own("CREATEROLE");
        migrate();
        OrganizationId ours = aVersionFromBeforeMakesAnOrganization();
        run("CREATE ROLE " + name + "_login LOGIN");
        run("GRANT %1$s_app, %1$s_across TO %1$s_login WITH INHERIT FALSE, SET TRUE".formatted(name));
        var connections = ConnectionFactories.get("r2dbc:postgresql://" + login("login"));

        assertThatThrownBy(() -> seenBy(StoreContext.over(connections))).hasMessageContaining("42501");
        Database program = StoreContext.over(new WalledConnections(connections));
        assertThat(StoreIT.all(program.all(
                        program.sql(ours, "SELECT organization_id FROM usage_notices WHERE :organization IS NOT NULL"),
                        row -> Columns.required(row, "organization_id", UUID.class))))
                .containsExactly(ours.uuid());
    }

    @Test
    void aRoleThatWouldPassTheWallIsRefused() {
        run("CREATE ROLE " + name + "_app BYPASSRLS");

        assertThatThrownBy(() -> migrate("postgres"))
                .isInstanceOf(FlywayException.class)
                .hasMessageContaining("would see through");
    }

    private void own(String attributes) {
        run("CREATE ROLE " + name + "_owner LOGIN " + attributes);
        run("ALTER DATABASE " + name + " OWNER TO " + name + "_owner");
    }

    private void migrate() {
        migrate(name + "_owner");
    }

    private void migrate(String user) {
        Flyway.configure()
                .dataSource("jdbc:postgresql://" + place, user, "")
                .load()
                .migrate();
    }

    private void run(String statement) {
        superuser.sql(statement).then().block();
    }

    private String login(String kind) {
        return name + "_" + kind + "@" + place;
    }

    private Database plain() {
        return StoreContext.over(ConnectionFactories.get("r2dbc:postgresql://" + login("owner")));
    }

    private OrganizationId aVersionFromBeforeMakesAnOrganization() {
        OrganizationId id = new OrganizationId(FreshUuid.next());
        plain().update(plain().sql(
                                id,
                                "INSERT INTO organizations (id, name, plan) VALUES (:organization, 'Test', 'starter')"))
                .block();
        plain().update(plain().sql(id, """
                        INSERT INTO usage_notices (organization_id, period_start, metric, percentage)
                        VALUES (:organization, now(), 'stream_hours', 80)
                        """)).block();
        return id;
    }

    private static long seenBy(Database database) {
        return StoreIT.answer(database.one(
                database.sql("SELECT count(*) AS n FROM usage_notices"),
                row -> Columns.required(row, "n", Long.class)));
    }
}
