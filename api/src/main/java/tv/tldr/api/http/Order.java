package tv.tldr.api.http;

/** In which direction is a list sorted? */
public enum Order {
    /** The smallest, earliest or worst first. */
    ASC,
    /** The greatest, latest or best first. */
    DESC
}
