package tv.tldr.api.auth;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;

/**
 * Is it the right password? Argon2id takes memory and time on purpose, so that it runs beside the event loops, as many at once
 * as there are cores, and a crowd is told to wait.
 */
@Component
final class Passwords implements DisposableBean {
    // OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane.
    private static final int SALT = 16;
    private static final int HASH = 32;
    private static final int LANES = 1;
    private static final int KIBIBYTES = 19_456;
    private static final int PASSES = 2;
    private static final int MOST_WAITING = 100;
    private static final Duration KEPT = Duration.ofDays(1);

    private final Argon2PasswordEncoder encoder = new Argon2PasswordEncoder(SALT, HASH, LANES, KIBIBYTES, PASSES);
    private final Scheduler scheduler =
            Schedulers.newBoundedElastic(Runtime.getRuntime().availableProcessors(), MOST_WAITING, "passwords");
    /** Of a password that nobody has: what is compared when there is no account takes as long as when there is one. */
    private final Mono<String> nobodys = hash("nobody has this password")
            // Kept, but not that there was no room to make it.
            .cache(made -> KEPT, refused -> Duration.ZERO, () -> Duration.ZERO);

    Mono<String> hash(String password) {
        return run(Mono.fromSupplier(() -> String.valueOf(encoder.encode(password))));
    }

    Mono<Boolean> matches(String password, String hash) {
        return run(Mono.fromSupplier(() -> encoder.matches(password, hash)));
    }

    /** False, after the time that it takes to find out. */
    Mono<Boolean> matchesNobodys(String password) {
        return nobodys.flatMap(hash -> matches(password, hash)).thenReturn(false);
    }

    private <T> Mono<T> run(Mono<T> work) {
        return work.subscribeOn(scheduler)
                .onErrorMap(
                        RejectedExecutionException.class,
                        full -> new ProblemException(
                                ErrorCode.SERVICE_UNAVAILABLE, "Too many sign in at the moment; try again soon."));
    }

    @Override
    public void destroy() {
        scheduler.dispose();
    }
}
