package tv.tldr.activities.gemini;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.activity.StreamRef;

/**
 * One request to the model and what it costs. It is told twice, with the same id: before it is sent, {@link State#SENT}
 * with an estimate, and when its outcome is known. Whoever is killed in between leaves the estimate standing.
 *
 * @param window number of the window; null for a comparison
 * @param at when it was sent
 * @param refusedWith the HTTP status of the error that it was answered with; null: it was not
 */
public record ModelCall(
        UUID id,
        StreamRef stream,
        @Nullable Integer window,
        Kind kind,
        String model,
        Instant at,
        TokenUsage usage,
        Cost cost,
        State state,
        @Nullable Integer refusedWith) {
    /** What it was for. */
    public enum Kind {
        WINDOW,
        COMPARISON,
        /** A second try at either, because the first answer could not be used. */
        REPAIR
    }

    /** What became of it, and so whether its tokens are charged. */
    public enum State {
        /** On its way, at its estimate; or its sender was killed. */
        SENT,
        /** Answered and charged, whatever the answer is worth. */
        CHARGED,
        /** Refused by an error, which is not charged. */
        NOT_CHARGED,
        /** It found no connection: nobody has counted or charged it. */
        UNSENT,
        /** The connection broke or the time was up: Google may have charged it; it counts at its estimate. */
        UNKNOWN
    }

    /** The same, sent at another time than was thought. */
    public ModelCall sentAt(Instant time) {
        return new ModelCall(id, stream, window, kind, model, time, usage, cost, state, refusedWith);
    }

    ModelCall ended(TokenUsage actual, Cost actualCost, State outcome) {
        return new ModelCall(id, stream, window, kind, model, at, actual, actualCost, outcome, null);
    }

    /** Answered with an error of this status, which is not charged. */
    ModelCall refused(int status) {
        return new ModelCall(
                id, stream, window, kind, model, at, TokenUsage.NONE, Cost.ZERO, State.NOT_CHARGED, status);
    }
}
