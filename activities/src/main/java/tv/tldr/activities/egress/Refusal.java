package tv.tldr.activities.egress;

/**
 * Why was a connection not made, or what came of it not handed on?
 *
 * @param why in words, without the address that a name leads to
 */
public record Refusal(Reason reason, String why) {
    /** What is wrong with it? */
    public enum Reason {
        /** The place, or what a playlist names. */
        FORBIDDEN,
        /** Too many requests or bytes. */
        TOO_MUCH,
        /** It is neither a playlist nor picture nor sound. */
        NOT_MEDIA,
        /** Its server has no certificate that is valid for it. */
        UNTRUSTED
    }
}
