package tv.tldr.api.streams;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tv.tldr.activities.store.FallbackChain;
import tv.tldr.activities.store.StreamHook;
import tv.tldr.api.http.Fields;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.stream.Platform;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.StreamSource;

/**
 * What is asked for when a stream is submitted?
 *
 * @param dimensionSet the sets that score it, with its own dimensions in the first one
 * @param metadata the client's own, kept and given back
 * @param allowDuplicate whether the same source may be in process already
 * @param hooks who is told of it alone
 */
record CreateStream(
        StreamSource source,
        StreamOptions options,
        DimensionSetChain dimensionSet,
        Map<String, Object> metadata,
        boolean allowDuplicate,
        List<StreamHook> hooks) {
    private static final Set<Platform> TAKEN = EnumSet.of(Platform.FILE, Platform.UPLOAD, Platform.HLS, Platform.DASH);

    /** The set that {@code body} asks for, before anything is judged. */
    static String dimensionSetId(Fields body, StreamOptions defaults) {
        return body.glance("/options/dimension_set_id").orElse(defaults.dimensionSetId());
    }

    /**
     * Faults are noted in {@code body}: what is answered holds only when its reading ends without any.
     *
     * @param who submits it
     * @param listeners who is there to score and to hear what is said
     * @param found where {@link #dimensionSetId} leads
     */
    static CreateStream read(
            Fields body,
            Submitter who,
            SourceRules rules,
            StreamOptions defaults,
            Listeners listeners,
            FallbackChain found,
            HooksReader hooks) {
        String text = body.requiredText("source_url", SourceRules.LONGEST);
        StreamSource source = asSaid(body, source(body, who, text, rules));
        OptionsReader.Scored wanted =
                OptionsReader.read(body.objectOrEmpty("options"), Unsaid.as(defaults), listeners, found);
        Map<String, Object> metadata =
                body.node("metadata").map(node -> Metadata.read(body, node)).orElse(Map.of());
        boolean allowDuplicate = body.flag("allow_duplicate", false) && !source.uploaded();
        return new CreateStream(source, wanted.options(), wanted.chain(), metadata, allowDuplicate, hooks.read(body));
    }

    private static StreamSource source(Fields body, Submitter who, String text, SourceRules rules) {
        // A stand-in behind a fault that is noted: nothing is made of it, but the other fields are read on.
        StreamSource unknown = new StreamSource(text, Platform.FILE);
        if (!body.isSound("source_url")) {
            return unknown;
        }
        try {
            StreamSource source = rules.parse(text, who);
            if (!isTaken(source.platform())) {
                body.refuse("source_url", unsupported(source.platform()));
            }
            return source;
        } catch (IllegalArgumentException e) {
            body.refuse("source_url", String.valueOf(e.getMessage()));
            return unknown;
        }
    }

    /** Of a URL without an ending only the client knows that it is a playlist. */
    private static StreamSource asSaid(Fields body, StreamSource source) {
        Platform platform = body.choice("platform", Platform.class).orElse(source.platform());
        if (platform == source.platform()) {
            return source;
        }
        if (!isTaken(platform)) {
            body.refuse("platform", unsupported(platform));
            return source;
        }
        StreamSource said = new StreamSource(source.url(), platform);
        boolean isPlaylist = said.playlist() && source.url().startsWith("http");
        if (!isPlaylist) {
            body.refuse(
                    "platform",
                    "does not fit source_url, which is " + source.platform().wire());
        }
        return said;
    }

    private static boolean isTaken(Platform platform) {
        return TAKEN.contains(platform);
    }

    private static String unsupported(Platform platform) {
        return "names the platform " + platform.wire()
                + ", which is not supported yet; give an http(s) URL of a recorded file or of a playlist";
    }
}
