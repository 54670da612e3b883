package tv.tldr.activities.store;

import java.util.Map;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.StreamSource;

/**
 * A stream to be written down, not yet started.
 *
 * @param ref whose it is, and a fresh id
 * @param allowDuplicate whether the same source may be in process already
 */
public record NewStream(
        StreamRef ref,
        StreamSource source,
        boolean live,
        StreamOptions options,
        Map<String, Object> metadata,
        boolean allowDuplicate) {}
