package tv.tldr.api.streams;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.Removed;
import tv.tldr.activities.store.RemovedObjects;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.IfMatch;
import tv.tldr.api.http.ProblemException;

/** How does an order to delete end? With the rows gone, and the objects at once or, when that takes long, soon after. */
@Component
public final class Deletions {
    private static final Logger log = LoggerFactory.getLogger(Deletions.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RemovedObjects objects;

    Deletions(RemovedObjects objects) {
        this.objects = objects;
    }

    /**
     * 204, or why not.
     *
     * @param busy who is at work on it, the beginning of a sentence
     * @param remedy what to do meanwhile
     */
    public Mono<ResponseEntity<Void>> answer(Removed outcome, String what, String busy, String remedy) {
        return switch (outcome) {
            case Removed.Done done ->
                objects.remove(done.removal())
                        .timeout(PATIENCE)
                        .onErrorResume(later -> {
                            log.warn(
                                    "{} is left to the sweep: {}",
                                    done.removal().folder(),
                                    later.toString());
                            return Mono.empty();
                        })
                        .thenReturn(ResponseEntity.noContent().build());
            case Removed.Missing _ -> Mono.error(ProblemException.notFound(what));
            case Removed.Stale stale -> Mono.error(IfMatch.failed(stale.version()));
            case Removed.InUse used ->
                Mono.error(new ProblemException(
                        ErrorCode.PROCESSING_ERROR,
                        busy + " is " + used.status().wire() + "; " + remedy));
        };
    }

    @Scheduled(initialDelay = 60, fixedDelay = 60, timeUnit = TimeUnit.SECONDS)
    Mono<Long> sweep() {
        return objects.sweep().onErrorResume(failure -> {
            log.warn("Objects of deleted rows could not be removed and will be next time: {}", failure.toString());
            return Mono.just(0L);
        });
    }
}
