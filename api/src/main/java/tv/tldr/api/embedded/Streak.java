package tv.tldr.api.embedded;

import java.time.Duration;

/**
 * How often in a row has a server ended too soon after its start? One that ran for a minute has shown that it can.
 *
 * @param ends in the row
 */
record Streak(int ends) {
    static final Streak NONE = new Streak(0);
    static final int MOST_RESTARTS = 3;
    static final Duration PROOF = Duration.ofMinutes(1);

    /** With one more end, {@code ran} after the start. */
    Streak ended(Duration ran) {
        return new Streak(ran.compareTo(PROOF) < 0 ? ends + 1 : 1);
    }

    boolean isHopeless() {
        return ends > MOST_RESTARTS;
    }
}
