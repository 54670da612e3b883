package tv.tldr.api.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tv.tldr.api.doctor.CheckCatalogue;
import tv.tldr.api.doctor.Finding;
import tv.tldr.api.security.Actor;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.account.ApiKeyId;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Role;
import tv.tldr.workflows.account.Scope;
import tv.tldr.workflows.account.UserId;

/** Who may know what is wrong with the installation? */
class FoundFaultTest {
    private static final Finding FINDING = new Finding(
            CheckCatalogue.of("database-down"), "db.example.com does not answer", Map.of("place", "db.example.com"));

    @Test
    void anybodySeesWhich() {
        FoundFault seen = seenBy(null);

        assertThat(seen.check()).isEqualTo("database-down");
        assertThat(seen.title()).isEqualTo("PostgreSQL does not answer");
        assertThat(seen.why()).isNull();
        assertThat(seen.toString()).doesNotContain("db.example.com");
        assertThat(seenBy(key(null, Scope.STREAMS_READ))).isEqualTo(seen);
    }

    @Test
    void anAdministratorSeesWhatItMeans() {
        FoundFault seen = seenBy(key(new UserId(new UUID(1, 2)), Scope.ADMIN));

        assertThat(seen.why()).isNotBlank();
        assertThat(seen.toString()).doesNotContain("db.example.com");
    }

    @Test
    void whoeverRunsTheInstallationSeesHowItIsKnownAndWhatMendsIt() {
        FoundFault seen = seenBy(key(null, Scope.ADMIN));

        assertThat(seen.evidence()).contains("db.example.com");
        assertThat(seen.fix()).isNotBlank();
    }

    private static FoundFault seenBy(@Nullable Tenant tenant) {
        return FoundFault.of(FINDING, FoundFault.Detail.of(tenant));
    }

    private static Tenant key(@Nullable UserId creator, Scope scope) {
        return new Tenant(
                new OrganizationId(new UUID(1, 1)),
                new Actor.Key(new ApiKeyId(new UUID(1, 3)), creator),
                Role.OWNER,
                Set.of(scope));
    }
}
