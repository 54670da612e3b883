package tv.tldr.api.organizations;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.AuditEntry;

/** What does an entry of the audit log look like on the wire? */
record AuditEntryResponse(
        String id,
        String action,
        @Nullable String actor,
        @Nullable String target,
        @Nullable String address,
        String requestId,
        Map<String, Object> details,
        Instant createdAt) {
    static AuditEntryResponse of(AuditEntry entry) {
        return new AuditEntryResponse(
                entry.id().toString(),
                entry.action().wire(),
                entry.actor(),
                entry.target(),
                entry.address(),
                entry.requestId(),
                entry.details(),
                entry.createdAt());
    }
}
