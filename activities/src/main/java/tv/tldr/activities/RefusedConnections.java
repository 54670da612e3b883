package tv.tldr.activities;

import org.jspecify.annotations.Nullable;
import tv.tldr.activities.egress.Opened;
import tv.tldr.workflows.account.OrganizationId;

/** Who is told that a URL of an organization led where nobody may go, when it was opened? */
@FunctionalInterface
public interface RefusedConnections {
    /**
     * Never fails: the refusal stands, whoever hears of it.
     *
     * @param opened what the URL is
     * @param target the public id of the stream or webhook; null: of neither yet
     * @param url of which nobody is told more than the host: its path and query may be secrets
     * @param why in words, without the address that a name stood for
     */
    void note(OrganizationId organization, Opened opened, @Nullable String target, String url, String why);
}
