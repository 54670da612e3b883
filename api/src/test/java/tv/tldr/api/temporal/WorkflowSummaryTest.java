package tv.tldr.api.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.Platform;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.StreamInput;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.StreamSource;
import tv.tldr.workflows.stream.StreamState;

class WorkflowSummaryTest {
    @Test
    void namesTheFileAndNothingThatMayBeACredential() {
        StreamInput input = input("https://media.example.com/secret-folder/match%20one.mp4?X-Signature=canary");

        assertThat(WorkflowSummary.line(input)).isEqualTo("file: match one.mp4, gaming_default");
        assertThat(WorkflowSummary.details(input))
                .contains("match one.mp4", "0.8")
                .doesNotContain("canary", "secret");
    }

    @Test
    void namesTheHostWhereThereIsNoFile() {
        assertThat(WorkflowSummary.line(input("https://media.example.com/"))).contains("media.example.com");
        assertThat(WorkflowSummary.line(input("https://media.example.com"))).contains("media.example.com");
    }

    @Test
    void namesAnUploadByItsId() {
        StreamInput input = input("upload:upl_01m8q5a2gnek4r4tjq5we3yc1n");

        assertThat(WorkflowSummary.line(input)).contains("upl_01m8q5a2gnek4r4tjq5we3yc1n, gaming_default");
        assertThat(WorkflowSummary.details(input)).contains("`upl_01m8q5a2gnek4r4tjq5we3yc1n`");
    }

    @Test
    void staysShortAndInsideItsMarkdown() {
        String line = WorkflowSummary.line(input("https://media.example.com/" + "x".repeat(500)));

        assertThat(line.length()).isLessThan(120);
        assertThat(WorkflowSummary.details(input("file:///a%60b.mp4"))).contains("`a'b.mp4`");
    }

    private static StreamInput input(String url) {
        StreamRef stream = new StreamRef(new OrganizationId(new UUID(1, 2)), new StreamId(new UUID(3, 4)));
        return new StreamInput(
                stream, new StreamSource(url, Platform.FILE), StreamOptions.DEFAULTS, StreamState.NOTHING, 1);
    }
}
