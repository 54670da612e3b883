package tv.tldr.activities.asking;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import org.springframework.stereotype.Component;
import tv.tldr.activities.gemini.Budget;
import tv.tldr.activities.gemini.Budget.Verdict;
import tv.tldr.activities.gemini.ModelCall;
import tv.tldr.activities.store.Awaited;
import tv.tldr.activities.store.CostLedger;
import tv.tldr.workflows.activity.FailureType;

/**
 * When may a request to the model be sent? When it can be paid, and when the minute has room for one more. Who is one too many,
 * or needs money that is reserved for others, waits here, with what was cut, uploaded and answered so far: to come back later
 * would cost all of that again.
 */
@Component
final class Admission {
    /** The longest that a full minute takes to pass, and some turns lost to others. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);

    /** Between two looks whether a request on its way has ended and left money. */
    private static final Duration SETTLING = Duration.ofSeconds(2);

    private static final Duration NEXT_LOOK = Duration.ofSeconds(30);

    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);

    private final CostLedger ledger;

    Admission(CostLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * Comes back when the request is written down as sent.
     *
     * @throws SpentException when {@code budget} does not allow it
     * @throws io.temporal.failure.ApplicationFailure as throttled, when others were quicker, or on their way, for too long
     */
    void await(ModelCall call, Budget budget, Runnable heartbeat) {
        Instant last = Instant.now().plus(LONGEST_WAIT);
        while (true) {
            Instant now = Instant.now();
            Verdict verdict = Awaited.of("looking whether a request may be sent", ledger.admit(call, budget))
                    .orElseThrow();
            switch (verdict) {
                case Verdict.Allowed allowed -> {
                    return;
                }
                case Verdict.Refused refused -> throw new SpentException(refused.explanation(), call.kind());
                case Verdict.Pending pending -> {
                    if (now.plus(SETTLING).isAfter(last)) {
                        throw tooLong(pending, call);
                    }
                    pause(now.plus(SETTLING), heartbeat);
                }
                case Verdict.Later later -> {
                    if (now.plus(later.delay()).isAfter(last)) {
                        throw Retries.later(
                                FailureType.AI_THROTTLED,
                                "the requests of this minute are used (GEMINI_REQUESTS_PER_MINUTE)",
                                later.delay());
                    }
                    pause(now.plus(later.delay()), heartbeat);
                }
            }
        }
    }

    /** A question that was paid and whose answer is to be put right is not asked anew: that would cost as much again. */
    private static RuntimeException tooLong(Verdict.Pending pending, ModelCall call) {
        return call.kind() == ModelCall.Kind.REPAIR
                ? new SpentException(pending.explanation(), call.kind())
                : Retries.later(FailureType.AI_THROTTLED, pending.explanation(), NEXT_LOOK);
    }

    private static void pause(Instant end, Runnable heartbeat) {
        for (Instant now = Instant.now(); now.isBefore(end); now = Instant.now()) {
            heartbeat.run();
            Duration left = Duration.between(now, end);
            try {
                Thread.sleep(left.compareTo(SIGN_OF_LIFE) < 0 ? left : SIGN_OF_LIFE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while a request to the model waited for its turn");
            }
        }
    }
}
