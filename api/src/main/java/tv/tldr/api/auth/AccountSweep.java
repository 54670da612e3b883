package tv.tldr.api.auth;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tv.tldr.activities.store.AttemptStore;
import tv.tldr.activities.store.SessionStore;

/** What is left of sign-ins that can never matter again? It is removed, once an hour. */
@Component
final class AccountSweep {
    private static final Logger log = LoggerFactory.getLogger(AccountSweep.class);

    private final SessionStore sessions;
    private final AttemptStore attempts;

    AccountSweep(SessionStore sessions, AttemptStore attempts) {
        this.sessions = sessions;
        this.attempts = attempts;
    }

    @Scheduled(initialDelayString = "10m", fixedDelayString = "1h")
    void sweep() {
        attempts.sweep()
                .then(sessions.sweep())
                .doOnError(failure -> log.warn("Old sign-ins are removed later: {}", failure.toString()))
                .onErrorComplete()
                .block();
    }
}
