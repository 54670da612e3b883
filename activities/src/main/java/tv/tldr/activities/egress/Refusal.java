package tv.tldr.activities.egress;

/**
 * Why was a connection not made?
 *
 * @param why in words, without the address that a name leads to
 */
public record Refusal(Reason reason, String why) {
    /** Is the place forbidden, or was it too much? */
    public enum Reason {
        FORBIDDEN,
        TOO_MUCH
    }
}
