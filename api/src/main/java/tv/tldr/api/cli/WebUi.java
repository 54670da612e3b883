package tv.tldr.api.cli;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tv.tldr.api.embedded.Setting;
import tv.tldr.api.embedded.Settings;
import tv.tldr.workflows.WorkflowIds;
import tv.tldr.workflows.stream.StreamId;

/** Which page of the Temporal Web UI shows a stream? */
final class WebUi {
    private WebUi() {}

    static URI workflow(URI webUi, Settings settings, String streamId) {
        String namespace = settings.get(Setting.TEMPORAL_NAMESPACE).orElse("default");
        String workflow = WorkflowIds.stream(StreamId.parse(streamId));
        return URI.create(webUi + "/namespaces/" + namespace + "/workflows/"
                + URLEncoder.encode(workflow, StandardCharsets.UTF_8));
    }
}
