package tv.tldr.api.markers;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.MarkerRow;
import tv.tldr.workflows.signal.Marker;

/** What does a client see of a marker? Its weight, lead and lag as they count, given or not. */
record MarkerResponse(
        String id,
        String kind,
        double time,
        @Nullable String label,
        double weight,
        double lead,
        double lag,
        Map<String, Object> metadata,
        Instant createdAt) {
    static MarkerResponse of(MarkerRow row) {
        Marker marker = row.marker();
        return new MarkerResponse(
                row.id().toString(),
                marker.kind(),
                marker.time(),
                marker.label(),
                marker.weight(),
                marker.lead(),
                marker.lag(),
                row.metadata(),
                row.createdAt());
    }
}
