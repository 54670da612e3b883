package tv.tldr.activities.egress;

import java.io.Serial;

/** A request that is not answered, or an answer that is not handed on. */
final class RefusedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    RefusedException(Refusal.Reason reason, String why) {
        super(why, null, false, false);
        this.refusal = new Refusal(reason, why);
    }

    Refusal refusal() {
        return refusal;
    }
}
