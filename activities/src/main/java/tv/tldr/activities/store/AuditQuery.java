package tv.tldr.activities.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.account.AuditAction;

/** Which entries of an audit log? Null filters nothing. */
public record AuditQuery(
        @Nullable AuditAction action,
        @Nullable String actor,
        @Nullable String target,
        @Nullable Instant after,
        @Nullable Instant before,
        @Nullable Cursor cursor,
        int limit) {}
