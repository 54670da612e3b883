package tv.tldr.api.markers;

import java.util.List;
import tv.tldr.activities.store.MarkerStore.Posted;

/**
 * What became of what was posted.
 *
 * @param data in the order in which they were posted
 * @param created how many of them are new
 */
record PostedMarkers(List<MarkerResponse> data, int created) {
    static PostedMarkers of(Posted posted) {
        return new PostedMarkers(
                posted.markers().stream().map(MarkerResponse::of).toList(), posted.fresh());
    }
}
