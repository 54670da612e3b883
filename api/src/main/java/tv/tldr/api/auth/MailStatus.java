package tv.tldr.api.auth;

import java.util.Locale;

/** What becomes of a link that somebody is to get? */
public enum MailStatus {
    /** It is on its way to the mail server. */
    SENT,
    /** It stands in the log of a developer's machine. */
    LOGGED,
    /** Nothing: the address got as many mails lately as it may get. */
    LIMITED,
    /** Nothing: this installation sends no mail. */
    OFF;

    /** On the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
