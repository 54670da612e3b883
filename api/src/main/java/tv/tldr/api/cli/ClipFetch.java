package tv.tldr.api.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Brings the clips and thumbnails of highlights from the API into the output folder. */
final class ClipFetch {
    private final ApiSession session;
    private final OutputFolder output;

    ClipFetch(ApiSession session, OutputFolder output) {
        this.session = session;
        this.output = output;
    }

    /** @param highlights best first; their rank becomes part of the names */
    List<SavedHighlight> fetch(List<JsonNode> highlights) throws IOException {
        List<SavedHighlight> saved = new ArrayList<>();
        for (JsonNode highlight : highlights) {
            int rank = saved.size() + 1;
            String name = SavedHighlight.baseName(rank, highlight);
            String type = highlight.path("file_info").path("content_type").asString("video/mp4");
            Path clip = file(highlight, "clip_url", name + (type.startsWith("audio/") ? ".m4a" : ".mp4"));
            Path thumbnail = file(highlight, "thumbnail_url", name + ".jpg");
            saved.add(new SavedHighlight(rank, highlight, clip, thumbnail));
        }
        return saved;
    }

    private @Nullable Path file(JsonNode highlight, String field, String name) throws IOException {
        String url = highlight.path(field).asString("");
        if (url.isEmpty()) {
            return null;
        }
        Path draft = output.draft(name);
        session.ask(client -> {
            client.download(url, draft);
            return name;
        });
        return output.target(name);
    }
}
