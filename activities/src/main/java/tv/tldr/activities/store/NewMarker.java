package tv.tldr.activities.store;

import java.util.Map;
import tv.tldr.workflows.signal.Marker;

/** What is posted: a marker, and the client's own data beside it. */
public record NewMarker(Marker marker, Map<String, Object> metadata) {}
