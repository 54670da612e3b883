package tv.tldr.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;
import tv.tldr.workflows.account.ApiKeyId;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Role;
import tv.tldr.workflows.account.Scope;
import tv.tldr.workflows.account.SessionId;
import tv.tldr.workflows.account.UserId;

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

    @Test
    void nobodyDoesInAnOrganizationWhatBelongsToNone() {
        Tenant outside = Tenant.nowhere(new Actor.Person(new UserId(new UUID(0, 3)), new SessionId(new UUID(0, 4))));

        assertThat(outside.organization()).isEmpty();
        assertThat(outside.isAdmin()).isFalse();
        assertThat(outside.requirePerson().user()).isEqualTo(new UserId(new UUID(0, 3)));
        for (ThrowingCallable asked : List.<ThrowingCallable>of(
                outside::organizationId, outside::role, () -> outside.require("organizations:read"))) {
            assertThatThrownBy(asked)
                    .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                            .isEqualTo(ErrorCode.INSUFFICIENT_PERMISSIONS))
                    .hasMessageContaining("belong to none");
        }
    }

    private static Tenant tenant(String... scopes) {
        return new Tenant(
                new OrganizationId(new UUID(0, 1)),
                new Actor.Key(new ApiKeyId(new UUID(0, 2)), null),
                Role.OWNER,
                Scope.allowedBy(Set.of(scopes)));
    }
}
