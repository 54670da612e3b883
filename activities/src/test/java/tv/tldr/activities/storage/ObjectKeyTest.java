package tv.tldr.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.stream.StreamId;

class ObjectKeyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/a",
                "a/",
                "a//b",
                "..",
                "a/../b",
                "a/./b",
                ".hidden",
                "a/.hidden",
                "a\\b",
                "a b",
                "a\0b",
                "ä",
                "a:b",
                "~"
            })
    void refusesWhatCouldLeaveTheStore(String key) {
        assertThatThrownBy(() -> new ObjectKey(key)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givesEachThingOfAStreamItsPlace() {
        StreamRef stream = new StreamRef(new OrganizationId(new UUID(0, 1)), new StreamId(new UUID(0, 2)));
        HighlightId highlight = new HighlightId(new UUID(0, 3));
        String folder = "organizations/org_00000000000000000000000001/streams/stream_00000000000000000000000002";
        String clips = folder + "/highlights/hl_00000000000000000000000003";

        assertThat(ObjectKeys.source(stream)).hasToString(folder + "/source");
        assertThat(ObjectKeys.clip(stream, highlight, 1)).hasToString(clips + "/clip.mp4");
        assertThat(ObjectKeys.clip(stream, highlight, 3)).hasToString(clips + "/clip-3.mp4");
        assertThat(ObjectKeys.soundClip(stream, highlight, 1)).hasToString(clips + "/clip.m4a");
        assertThat(ObjectKeys.thumbnail(stream, highlight, 1)).hasToString(clips + "/thumbnail.jpg");
        assertThat(ObjectKeys.stream(stream)).hasToString(folder);
    }
}
