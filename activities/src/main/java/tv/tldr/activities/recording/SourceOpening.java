package tv.tldr.activities.recording;

import io.temporal.failure.ApplicationFailure;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.activities.RefusedConnections;
import tv.tldr.activities.egress.Opened;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.stream.StreamSource;

/** How is a source opened, so that its failures have their names, and a forbidden address is noted? */
record SourceOpening(RefusedConnections refused) {
    /** @param stream the public id of the stream that it is of; null: of none yet */
    <T> T of(
            String doing,
            OrganizationId organization,
            @Nullable String stream,
            StreamSource source,
            ActivityFailures.Body<T> body) {
        try {
            return ActivityFailures.classify(doing, body);
        } catch (ApplicationFailure failure) {
            if (FailureType.SOURCE_FORBIDDEN_ADDRESS.name().equals(failure.getType())) {
                refused.note(organization, Opened.SOURCE, stream, source.url(), failure.getOriginalMessage());
            }
            throw failure;
        }
    }
}
