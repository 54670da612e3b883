package tv.tldr.activities.egress;

/** What led where nobody may go? */
public enum Opened {
    /** A URL of a request, which is answered with what is wrong with it. */
    REQUEST,
    /** The source of a stream, when it was opened. */
    SOURCE,
    /** What a playlist names. */
    PIECE,
    /** The URL of a webhook, when something was to be sent to it. */
    WEBHOOK
}
