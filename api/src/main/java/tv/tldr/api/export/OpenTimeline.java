package tv.tldr.api.export;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The moments one after the other as an OpenTimelineIO timeline, with all that is known of them in its metadata. */
public final class OpenTimeline {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SCHEMA = "OTIO_SCHEMA";

    private OpenTimeline() {}

    public static String of(Footage footage) {
        ObjectNode timeline = object("Timeline.1").put("name", footage.name());
        timeline.putNull("global_start_time");
        ObjectNode stack = item(object("Stack.1").put("name", "tracks"));
        ArrayNode tracks = stack.putArray("children");
        if (footage.video()) {
            tracks.add(track(footage, "Video"));
        }
        if (footage.audio() || !footage.video()) {
            tracks.add(track(footage, "Audio"));
        }
        timeline.set("tracks", stack);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(timeline) + "\n";
    }

    private static ObjectNode track(Footage footage, String kind) {
        ObjectNode track = item(object("Track.1").put("name", kind).put("kind", kind));
        ArrayNode clips = track.putArray("children");
        footage.moments().forEach(moment -> clips.add(clip(footage, moment)));
        return track;
    }

    private static ObjectNode clip(Footage footage, Footage.Moment moment) {
        FrameRate rate = footage.rate();
        ObjectNode clip = item(object("Clip.2").put("name", moment.name()));
        clip.set("source_range", range(rate, moment.first(rate), moment.frames(rate)));
        clip.put("active_media_reference_key", "DEFAULT_MEDIA");
        ObjectNode reference = object("ExternalReference.1").put("name", footage.name());
        reference.put("target_url", footage.url());
        reference.putObject("metadata");
        reference.set("available_range", range(rate, 0, rate.frames(footage.duration())));
        clip.putObject("media_references").set("DEFAULT_MEDIA", reference);
        ObjectNode known = clip.withObject("metadata").putObject("tldr");
        known.put("highlight_id", moment.id())
                .put("type", moment.type())
                .put("description", moment.description())
                .put("confidence_score", moment.confidence())
                .put("start_time", moment.range().start())
                .put("end_time", moment.range().end());
        moment.tags().forEach(known.putArray("tags")::add);
        return clip;
    }

    /** What every part of a timeline has. */
    private static ObjectNode item(ObjectNode item) {
        item.put("enabled", true).putNull("source_range");
        item.putObject("metadata");
        item.putArray("effects");
        item.putArray("markers");
        return item;
    }

    private static ObjectNode range(FrameRate rate, long start, long duration) {
        ObjectNode range = object("TimeRange.1");
        range.set("start_time", time(rate, start));
        range.set("duration", time(rate, duration));
        return range;
    }

    private static ObjectNode time(FrameRate rate, long frame) {
        return object("RationalTime.1").put("rate", rate.value()).put("value", (double) frame);
    }

    private static ObjectNode object(String schema) {
        return JSON.createObjectNode().put(SCHEMA, schema);
    }
}
