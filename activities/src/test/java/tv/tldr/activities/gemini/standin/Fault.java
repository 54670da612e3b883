package tv.tldr.activities.gemini.standin;

/** What can go wrong on the way to an answer? */
public enum Fault {
    /** 429 with the seconds to wait. */
    THROTTLED,
    /** 429 because the requests of the day are used up. */
    DAY_USED_UP,
    /** 500. */
    BROKEN,
    /** 503. */
    OVERLOADED,
    /** The connection is closed without an answer. */
    HANGS_UP,
    /** No answer, until the server is closed. */
    SILENT,
    /** 200 with a page of HTML. */
    PAGE,
    /** A file is taken and then found to be unreadable. */
    FILE_FAILED,
    /** An answer that is prose. */
    PROSE,
    /** No candidates. */
    EMPTY,
    /** The question is refused by a filter. */
    QUESTION_BLOCKED,
    /** The answer is withheld by a filter. */
    ANSWER_BLOCKED,
    /** The answer stops in the middle of a word. */
    CUT_OFF,
    /** The model thinks for 7000 tokens, or until the answer is cut off. */
    THINKS_LONG
}
