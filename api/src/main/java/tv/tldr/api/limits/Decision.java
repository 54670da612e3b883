package tv.tldr.api.limits;

/** May a request go on? */
sealed interface Decision {
    /** It may, and nobody counts. */
    record Unlimited() implements Decision {}

    /** It may, and so many more in the same instant. */
    record Admitted(int limit, int remaining, long secondsUntilFull) implements Decision {}

    /** It may not before {@code retryAfter} seconds are over. */
    record Refused(int limit, long secondsUntilFull, long retryAfter) implements Decision {}

    /** Of two that both must allow it the one to tell the client about. */
    static Decision tighter(Decision one, Decision other) {
        if (one instanceof Refused || other instanceof Unlimited) {
            return one;
        }
        if (other instanceof Refused || one instanceof Unlimited) {
            return other;
        }
        return one instanceof Admitted a && other instanceof Admitted b && a.remaining() <= b.remaining() ? one : other;
    }
}
