package tv.tldr.activities.asking;

import tv.tldr.activities.gemini.Cost;
import tv.tldr.activities.gemini.ModelCall;
import tv.tldr.activities.gemini.ModelCall.State;

/** What do the requests of one attempt cost, refused repairs and unknown ends included? */
final class Bill {
    private Cost sum = Cost.ZERO;

    /** Counts a request whose end is known, or not to be known. */
    void add(ModelCall call) {
        if (call.state() == State.CHARGED || call.state() == State.UNKNOWN) {
            sum = sum.plus(call.cost());
        }
    }

    long microUsd() {
        return sum.usd().movePointRight(Cost.SCALE).longValueExact();
    }
}
