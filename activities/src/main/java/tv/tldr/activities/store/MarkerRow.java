package tv.tldr.activities.store;

import java.time.Instant;
import java.util.Map;
import tv.tldr.workflows.signal.Marker;
import tv.tldr.workflows.signal.MarkerId;

/** A marker as the database knows it, with the client's own data beside it. */
public record MarkerRow(MarkerId id, Marker marker, Map<String, Object> metadata, Instant createdAt) {}
