package tv.tldr.api.uploads;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.UploadStore;

/** When do uploads go that nobody finishes or makes a stream of? Soon after their time; every node may look. */
@Component
final class ExpiredUploads {
    private static final Logger log = LoggerFactory.getLogger(ExpiredUploads.class);

    private final UploadStore uploads;

    ExpiredUploads(UploadStore uploads) {
        this.uploads = uploads;
    }

    /** Rows alone: their objects are noted with them, and removed by the sweep for those. */
    @Scheduled(initialDelay = 60, fixedDelay = 60, timeUnit = TimeUnit.SECONDS)
    Mono<Long> sweep() {
        return uploads.sweep().onErrorResume(failure -> {
            log.warn("Expired uploads could not be removed and will be next time: {}", failure.toString());
            return Mono.just(0L);
        });
    }
}
