package tv.tldr.activities.store;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.StreamSource;

/**
 * A stream to be written down, not yet started.
 *
 * @param ref whose it is, and a fresh id
 * @param dimensionSet the sets that score it, as they are now; null: the preset of the options, as it is when it is scored
 * @param allowDuplicate whether the same source may be in process already
 * @param hooks who is told of it alone
 */
public record NewStream(
        StreamRef ref,
        StreamSource source,
        boolean live,
        StreamOptions options,
        @Nullable DimensionSetChain dimensionSet,
        Map<String, Object> metadata,
        boolean allowDuplicate,
        List<StreamHook> hooks) {
    public NewStream {
        hooks = List.copyOf(hooks);
    }

    /** One of which nobody is told alone. */
    public NewStream(
            StreamRef ref,
            StreamSource source,
            boolean live,
            StreamOptions options,
            @Nullable DimensionSetChain dimensionSet,
            Map<String, Object> metadata,
            boolean allowDuplicate) {
        this(ref, source, live, options, dimensionSet, metadata, allowDuplicate, List.of());
    }
}
