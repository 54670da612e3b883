package tv.tldr.api.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tv.tldr.activities.media.MediaProperties;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.storage.S3ObjectStore;

/** Can the folders be written, and is there room in them? Of a bucket in the place of one: does it answer us? */
@Configuration(proxyBeanMethods = false)
class FolderChecks {
    /** Below this somebody should look, though work still goes on. */
    private static final int LOW_PERCENT = 5;

    @Bean
    HealthCheck scratchDisk(MediaProperties properties) {
        return new FolderCheck(
                "scratch_disk",
                properties.scratchFolder(),
                properties.scratchReserve(),
                "Free some space there, or set SCRATCH_DIR to a larger disk.");
    }

    @Bean
    HealthCheck objectStorage(MediaProperties properties, ObjectStore objects) {
        if (objects instanceof S3ObjectStore s3) {
            return new BucketCheck(s3);
        }
        return new FolderCheck(
                "object_storage",
                properties.objectFolder(),
                properties.scratchReserve(),
                "Free some space there, or set OBJECT_DIR to a larger disk.");
    }

    /** @param needed free space without which no job begins */
    private record FolderCheck(String name, Path folder, DataSize needed, String hint) implements HealthCheck {
        @Override
        public Mono<CheckResult> check() {
            return Mono.fromCallable(this::look).subscribeOn(Schedulers.boundedElastic());
        }

        @Override
        public String said(Throwable failure) {
            return "the folder cannot be written";
        }

        private CheckResult look() throws IOException {
            Files.createDirectories(folder);
            Path probe = Files.createTempFile(folder, ".health-", null);
            Files.delete(probe);
            long free = Files.getFileStore(folder).getUsableSpace();
            long percent = 100 * free / Math.max(1, Files.getFileStore(folder).getTotalSpace());
            String detail = "writable, " + (free >> 20) + " MiB free (" + percent + " %)";
            if (free < needed.toBytes()) {
                return CheckResult.down(detail + ", " + needed.toMegabytes() + " MiB are needed", hint);
            }
            return percent < LOW_PERCENT ? CheckResult.degraded(detail, hint) : CheckResult.up(detail);
        }
    }
}
