package tv.tldr.api.streams;

import tv.tldr.api.http.Fields;
import tv.tldr.workflows.stream.StreamOptions;

/**
 * Which value has an option that a request does not give?
 *
 * @param leftOut where those are that it does not name
 * @param whenNull where those are that it names as null
 */
record Unsaid(StreamOptions leftOut, StreamOptions whenNull) {
    /** The same for both. */
    static Unsaid as(StreamOptions options) {
        return new Unsaid(options, options);
    }

    /** @param fields the options, or an object in them */
    StreamOptions of(Fields fields, String name) {
        return fields.isNull(name) ? whenNull : leftOut;
    }
}
