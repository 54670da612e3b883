package tv.tldr.activities.store;

import io.temporal.failure.ApplicationFailure;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.tldr.activities.RefusedConnections;
import tv.tldr.activities.egress.Opened;
import tv.tldr.activities.egress.Refusals;
import tv.tldr.workflows.account.OrganizationId;

/** Tells the owners of an organization, in its audit log, where its URLs led that nobody may go, and counts it. */
final class RefusalNotes implements RefusedConnections {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalNotes.class);

    private final AuditStore audit;

    RefusalNotes(AuditStore audit) {
        this.audit = audit;
    }

    @Override
    public void note(OrganizationId organization, Opened opened, @Nullable String target, String url, String why) {
        Refusals.count(opened);
        try {
            Awaited.of(
                    "writing down a refused connection",
                    audit.refused(organization, target, Map.of("host", host(url), "reason", why)));
        } catch (ApplicationFailure e) {
            LOG.warn("a refused connection of {} is not in its audit log: {}", organization, e.getOriginalMessage());
        }
    }

    private static String host(String url) {
        try {
            String host = URI.create(url).getHost();
            return host == null ? "" : host;
        } catch (IllegalArgumentException unreadable) {
            return "";
        }
    }
}
