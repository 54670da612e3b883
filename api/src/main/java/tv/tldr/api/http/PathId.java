package tv.tldr.api.http;

import java.util.function.Function;

/** Which thing does a path name? Text that is no id at all names nothing, and is answered like an id that nobody has. */
public final class PathId {
    private PathId() {}

    /**
     * The id in a path.
     *
     * @param parser throws an {@link IllegalArgumentException} for text that is no such id
     * @param what it is an id of, in a word
     * @throws ProblemException RESOURCE_NOT_FOUND
     */
    public static <T> T parse(Function<String, T> parser, String text, String what) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound(what);
        }
    }
}
