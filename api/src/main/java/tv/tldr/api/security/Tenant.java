package tv.tldr.api.security;

import java.util.Set;
import tv.tldr.activities.store.ApiKey;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;
import tv.tldr.workflows.account.ApiKeyId;
import tv.tldr.workflows.account.OrganizationId;

/**
 * On whose behalf is a request? A controller that takes one is reached only with a valid key, and scopes everything it
 * reads or writes by the organization.
 *
 * @param scopes such as {@code streams:read}, {@code streams:*} or {@code admin}, which is all of them
 */
public record Tenant(OrganizationId organizationId, ApiKeyId keyId, Set<String> scopes) {
    private static final String EVERYTHING = "admin";

    public Tenant {
        scopes = Set.copyOf(scopes);
    }

    static Tenant of(ApiKey key) {
        return new Tenant(key.organizationId(), key.id(), key.scopes());
    }

    /**
     * Goes on when the key has {@code scope}, of the form {@code resource:action}.
     *
     * @throws ProblemException INSUFFICIENT_PERMISSIONS
     */
    public void require(String scope) {
        String whole = scope.substring(0, scope.indexOf(':')) + ":*";
        if (!scopes.contains(EVERYTHING) && !scopes.contains(whole) && !scopes.contains(scope)) {
            throw new ProblemException(
                    ErrorCode.INSUFFICIENT_PERMISSIONS, "This API key lacks the scope " + scope + ".");
        }
    }
}
