package tv.tldr.activities.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FfmpegArchiveIT {
    @TempDir
    Path cache;

    @Test
    void severalThatUnpackAtOnceShareWhatTheFirstOnePutThere() throws Exception {
        FfmpegBuild build = FfmpegBuild.ofThisMachine().orElseThrow();
        Callable<Path> unpacking = () -> FfmpegArchive.unpackInto(cache, build);

        try (ExecutorService together = Executors.newFixedThreadPool(3)) {
            for (Future<Path> unpacked : together.invokeAll(Collections.nCopies(3, unpacking))) {
                assertThat(unpacked.get()).isDirectoryContaining("glob:**/ffprobe");
            }
        }

        try (Stream<Path> left = Files.list(cache)) {
            assertThat(left).hasSize(1);
        }
    }
}
