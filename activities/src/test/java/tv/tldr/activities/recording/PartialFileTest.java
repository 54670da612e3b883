package tv.tldr.activities.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.workflows.stream.StreamId;

class PartialFileTest {
    private static final SourceVersion VERSION = new SourceVersion("\"one\"", 10);
    private static final Instant YESTERDAY = Instant.parse("2026-06-01T10:00:00Z");
    private static final Instant TODAY = Instant.parse("2026-06-02T10:00:01Z");

    @TempDir
    Path scratch;

    private final StreamId stream = new StreamId(UUID.randomUUID());

    @Test
    void isFoundAgainWithItsVersionWhenItWasKept() throws Exception {
        leave(TODAY);

        try (PartialFile again = take()) {
            assertThat(again.version()).isEqualTo(VERSION);
            assertThat(again.content()).hasContent("half");
        }
    }

    @Test
    void isGoneWhenItWasNotKept() throws Exception {
        try (PartialFile partial = take()) {
            partial.begin(VERSION);
        }

        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void isNotKeptWithoutAVersionToGoOnWith() throws Exception {
        try (PartialFile partial = take()) {
            partial.begin(SourceVersion.UNKNOWN);
            Files.writeString(partial.content(), "half");
            partial.keep();
        }

        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void belongsToOneAttemptAtATime() throws Exception {
        try (PartialFile partial = take()) {
            assertThat(PartialFile.take(scratch, stream)).isEmpty();
            partial.begin(VERSION);
        }

        take().close();
    }

    @Test
    void isOfNoVersionWhenAKillCutTheNoteShort() throws Exception {
        leave(TODAY);
        Path note = scratch.resolve("download-" + stream + ".version");
        for (String cut : new String[] {"", "1", "10\n", "10\n\"o", "10\n\"one\""}) {
            Files.writeString(note, cut);
            try (PartialFile again = take()) {
                assertThat(again.version()).isEqualTo(SourceVersion.UNKNOWN);
                again.begin(VERSION);
                again.keep();
            }
        }
    }

    @Test
    void isSweptWhenNobodyComesBackToIt() throws Exception {
        leave(YESTERDAY);

        PartialFile.sweep(scratch, TODAY.minusSeconds(1));
        assertThat(scratch).isNotEmptyDirectory();
        PartialFile.sweep(scratch, TODAY);
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void isNotSweptWhileAnAttemptHoldsIt() throws Exception {
        leave(YESTERDAY);

        try (PartialFile held = take()) {
            PartialFile.sweep(scratch, TODAY);
            assertThat(held.content()).hasContent("half");
        }
    }

    private void leave(Instant lastAddedTo) throws Exception {
        try (PartialFile partial = take()) {
            partial.begin(VERSION);
            Files.writeString(partial.content(), "half");
            Files.setLastModifiedTime(partial.content(), FileTime.from(lastAddedTo));
            partial.keep();
        }
    }

    private PartialFile take() throws Exception {
        return PartialFile.take(scratch, stream).orElseThrow();
    }
}
