package tv.tldr.api.cli;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tv.tldr.api.embedded.Setting;
import tv.tldr.api.embedded.Settings;

/** Which page of the Temporal Web UI shows a workflow? */
final class WebUi {
    private WebUi() {}

    static URI workflow(URI webUi, Settings settings, String workflowId) {
        String namespace = settings.get(Setting.TEMPORAL_NAMESPACE).orElse("default");
        return URI.create(webUi + "/namespaces/" + namespace + "/workflows/"
                + URLEncoder.encode(workflowId, StandardCharsets.UTF_8));
    }
}
