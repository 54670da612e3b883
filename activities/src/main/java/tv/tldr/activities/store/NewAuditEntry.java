package tv.tldr.activities.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.account.AuditAction;
import tv.tldr.workflows.account.OrganizationId;

/**
 * What was done that matters for security?
 *
 * @param actor the public id of a user or a key; null: nobody was signed in
 * @param target the public id of what it was done to; null: nothing but the organization itself
 * @param address from where, as text; null: not known
 * @param details names and values for a person; never a secret
 */
public record NewAuditEntry(
        OrganizationId organization,
        AuditAction action,
        @Nullable String actor,
        @Nullable String target,
        @Nullable String address,
        String requestId,
        Map<String, Object> details) {
    public NewAuditEntry {
        details = Map.copyOf(details);
    }
}
