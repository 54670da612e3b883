package tv.tldr.activities.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.event.WebhookId;

/**
 * May one more request go to this endpoint now, and if not, when is its turn? So many at a time, so that one that does not answer
 * holds up no other. Whoever finds no room gets a turn behind those that got theirs before, as far apart as requests to this
 * endpoint end: however many wait for a slow one, they come back no more often than there is room for.
 */
public final class EndpointSlots {
    /** What a request takes as long as none has ended, and at least, nanoseconds. */
    private static final long FIRST_GUESS = Duration.ofSeconds(2).toNanos();

    private static final long SHORTEST = Duration.ofSeconds(1).toNanos();

    /** How much the last request counts against those before. */
    private static final double NEWS = 0.2;

    private final int most;
    private final LongSupplier nanoTime;
    private final Map<WebhookId, Line> lines = new ConcurrentHashMap<>();

    /**
     * How it stands with an endpoint.
     *
     * @param taken requests under way
     * @param usual how long one takes, nanoseconds
     * @param lastTurn the last turn that was given out, by the clock of {@code nanoTime}
     */
    private record Line(int taken, long usual, long lastTurn) {
        Line left(long took) {
            return new Line(taken - 1, Math.max(SHORTEST, Math.round(usual + NEWS * (took - usual))), lastTurn);
        }

        /** Nobody is under way and nobody has a turn. */
        boolean isEmpty(long now) {
            return taken == 0 && lastTurn - now <= 0;
        }
    }

    EndpointSlots(int most) {
        this(most, System::nanoTime);
    }

    EndpointSlots(int most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
    }

    /** How long to wait for a turn; empty: there is room now, and who was let in leaves by {@link #leave}. */
    public Optional<Duration> enter(WebhookId endpoint) {
        return enter(endpoint, true);
    }

    /** The same of somebody who gets no turn: how long one that is given out now would be away. */
    public Optional<Duration> enterUnlessBusy(WebhookId endpoint) {
        return enter(endpoint, false);
    }

    private Optional<Duration> enter(WebhookId endpoint, boolean withTurn) {
        long now = nanoTime.getAsLong();
        AtomicReference<@Nullable Duration> wait = new AtomicReference<>();
        lines.compute(endpoint, (id, before) -> {
            Line line = before == null ? new Line(0, FIRST_GUESS, now) : before;
            if (line.taken() < most) {
                return new Line(line.taken() + 1, line.usual(), line.lastTurn());
            }
            long turn = now + Math.max(line.lastTurn() - now, 0) + line.usual() / most;
            wait.set(Duration.ofNanos(turn - now));
            return withTurn ? new Line(line.taken(), line.usual(), turn) : line;
        });
        return Optional.ofNullable(wait.get());
    }

    /** @param took how long the request was under way */
    public void leave(WebhookId endpoint, Duration took) {
        long now = nanoTime.getAsLong();
        lines.computeIfPresent(endpoint, (id, before) -> {
            Line line = before.left(took.toNanos());
            return line.isEmpty(now) ? null : line;
        });
    }
}
