package tv.tldr.activities.store;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.account.AuditAction;
import tv.tldr.workflows.account.AuditEntryId;

/** One entry of an audit log, as it was written; see {@link NewAuditEntry}. */
public record AuditEntry(
        AuditEntryId id,
        AuditAction action,
        @Nullable String actor,
        @Nullable String target,
        @Nullable String address,
        String requestId,
        Map<String, Object> details,
        Instant createdAt) {
    public AuditEntry {
        details = Map.copyOf(details);
    }
}
