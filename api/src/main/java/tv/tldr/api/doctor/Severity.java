package tv.tldr.api.doctor;

import java.util.Locale;

/** How bad is it, from least to most? */
public enum Severity {
    /** Somebody may want to know. */
    NOTE,
    /** It works badly, or soon will not work. */
    WARNING,
    /** Something does not work. */
    ERROR;

    /** The word for programs, lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
