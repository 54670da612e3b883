package tv.tldr.activities.store;

import java.util.List;
import java.util.Map;
import tv.tldr.activities.store.NewEndpoint.Retries;
import tv.tldr.workflows.event.EventId;

/**
 * One request that is to be sent.
 *
 * @param number of the attempt, from 1, over all runs of the delivery
 * @param failed attempts of this run that failed before it
 * @param secrets to sign it with, the current one first; empty: none, or none that can be read
 * @param ofInstallation whether it is signed with the installation's own secret
 * @param headers besides ours
 */
public record Outgoing(
        EventId event,
        int number,
        int failed,
        String url,
        List<String> secrets,
        boolean ofInstallation,
        Map<String, String> headers,
        Retries retries,
        String body) {
    public Outgoing {
        secrets = List.copyOf(secrets);
        headers = Map.copyOf(headers);
    }

    /** Never with its secrets. */
    @Override
    public String toString() {
        return event + ", attempt " + number;
    }
}
