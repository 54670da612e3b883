package tv.tldr.api.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tv.tldr.api.http.ProblemException;
import tv.tldr.workflows.account.ApiKeyId;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Role;
import tv.tldr.workflows.account.Scope;

class TenantTest {
    @Test
    void mayDoWhatAScopeAWholeResourceOrAdminAllows() {
        assertThatCode(() -> tenant("streams:read").require("streams:read")).doesNotThrowAnyException();
        assertThatCode(() -> tenant("streams:*").require("streams:write")).doesNotThrowAnyException();
        assertThatCode(() -> tenant("admin").require("highlights:read")).doesNotThrowAnyException();
    }

    @Test
    void mayDoNothingElse() {
        for (String scope : new String[] {"streams:write", "highlights:*", "stream:read", "*", "streams", "ADMIN"}) {
            assertThatThrownBy(() -> tenant(scope).require("streams:read")).isInstanceOf(ProblemException.class);
        }
        assertThatThrownBy(() -> tenant().require("streams:read")).isInstanceOf(ProblemException.class);
    }

    private static Tenant tenant(String... scopes) {
        return new Tenant(
                new OrganizationId(new UUID(0, 1)),
                new Actor.Key(new ApiKeyId(new UUID(0, 2)), null),
                Role.OWNER,
                Scope.allowedBy(Set.of(scopes)));
    }
}
