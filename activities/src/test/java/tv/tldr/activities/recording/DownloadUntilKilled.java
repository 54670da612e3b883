package tv.tldr.activities.recording;

import java.nio.file.Path;
import tv.tldr.activities.egress.NameServer;
import tv.tldr.workflows.stream.StreamId;

/** Downloads in a process of its own, for a test that kills it. */
final class DownloadUntilKilled {
    private DownloadUntilKilled() {}

    public static void main(String[] arguments) throws Exception {
        try (PartialFile partial = PartialFile.take(Path.of(arguments[0]), StreamId.parse(arguments[1]))
                .orElseThrow()) {
            new Download(
                            new HttpSource(RecorderFixture.patient(), NameServer.OF_THIS_MACHINE),
                            RecorderFixture.patient(),
                            arguments[2],
                            partial,
                            bytes -> {})
                    .run();
        }
    }
}
